/** The measures of each index date of one study: run, told, recorded. */
import { join } from "node:path";
import type { IsoDate } from "../../base/dates.ts";
import { problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import { isDropped, isPatientLevel } from "../../measures/measure-spec.ts";
import { measureTask } from "../../measures/measure-task.ts";
import type { MadeMeasure, MeasureAnswer, MeasureTask } from "../../measures/measure-task.ts";
import { openRecorder } from "../manifest/manifest.ts";
import type { Recorder } from "../manifest/manifest.ts";
import type { Manifest, ManifestEntry } from "../manifest/manifest-text.ts";
import type { CohortMark } from "../../measures/published-facts.ts";
import { marksOf } from "../../measures/published-facts.ts";
import type { RunContext } from "../context.ts";
import type { CohortOrigin } from "../manifest/cohort-origin.ts";
import type { CohortInput } from "./cohort-inputs.ts";
import { recordsMark } from "./definition-marks.ts";
import { entryOf } from "./measure-entry.ts";
import { refuseOtherDates, removeDropped, unknownLabels } from "./measure-repairs.ts";
import type { Measuring } from "./measures-to-make.ts";

export interface DatesMeasured {
  /** Names of the files that were written. */
  readonly made: readonly string[];
  /** Of every cohort file that was read. */
  readonly patients: readonly number[];
  /** Ids of measures in which something is suppressed. */
  readonly suppressed: ReadonlySet<string>;
  /** Index dates of which measures are missing now. */
  readonly lost: readonly IsoDate[];
  readonly problems: readonly Problem[];
}

type Answers = readonly (MeasureAnswer | null)[];

export interface FilesKnown {
  /** Ids of measures whose file for a date stays, by cohort file. */
  readonly kept: ReadonlyMap<string, readonly string[]>;
  /** Files of other programs: nothing is known of how they name patients. */
  readonly unmarked: ReadonlySet<string>;
  /** What each file that is as it was made was made from. */
  readonly origins: (fileName: string, sha256: string) => CohortOrigin | null;
}

export async function measureDates(
  measuring: Measuring,
  { kept, unmarked, origins }: FilesKnown,
  context: RunContext,
): Promise<DatesMeasured> {
  const { folder, format, measures, studyColumns, pool, study, files } = measuring;
  refuseOtherDates(measures, files);
  await removeDropped(folder, measures, files);
  const dropped = (date: IsoDate): readonly string[] =>
    measures.filter((measure) => isDropped(measure, date)).map(({ id }) => id);
  const tasks = files.map(({ fileName, date }) =>
    measureTask({
      secret: unmarked.has(fileName) ? null : measuring.secret,
      ...{ file: join(folder, fileName), date, folder, format, measures, studyColumns },
      // What is left out is counted with the others: together they say how a column is read.
      kept: [...(kept.get(fileName) ?? []), ...dropped(date)],
    }),
  );
  const progress = context.reporter.progress({ label: study, unit: "files", total: tasks.length });
  const recorder = openRecorder(folder);
  const recording: Promise<void>[] = [];
  const onDone = (answer: MeasureAnswer, task: MeasureTask): void => {
    progress.advance(1, answer.ok ? answer.patients : 0);
    tellAnswer(answer, task, context);
    recording.push(record(measuring, { task, answer, recorder, origins }));
  };
  const { answers, problems } = await pool.run(tasks, { signal: context.signal, onDone });
  progress.end();
  await Promise.all(recording);
  await recorder.flush();
  tellOnce(answers, measuring, context);
  const unknown = unknownLabels(measures, answers);
  const found = outcome(answers, [...problems, ...unknown], await measuring.hashing);
  return unknown.length === 0 ? found : { ...found, lost: files.map(({ date }) => date) };
}

/** A file whose bytes could not be hashed is lost as well: what was made of it is not recorded. */
function outcome(
  answers: Answers,
  problems: readonly Problem[],
  inputs: readonly CohortInput[],
): DatesMeasured {
  const good = answers.flatMap((answer) => (answer?.ok === true ? [answer] : []));
  const isLost = (input: CohortInput, at: number): boolean =>
    answers[at]?.ok !== true || (input.sha256 === null && answers[at].made.length > 0);
  const lost = inputs.filter(isLost);
  const unhashed = lost.filter((input) => answers[inputs.indexOf(input)]?.ok === true);
  return {
    made: good.flatMap(({ made }) => made.map(({ fileName }) => fileName)),
    patients: good.filter(({ made }) => made.length > 0).map(({ patients }) => patients),
    suppressed: new Set(good.flatMap(({ hidden }) => hidden.map(({ measure }) => measure))),
    lost: lost.map(({ date }) => date),
    problems: [...problems, ...unhashed.flatMap((input) => input.problems)],
  };
}

function tellAnswer(
  answer: MeasureAnswer,
  { date }: MeasureTask,
  { reporter }: Pick<RunContext, "reporter">,
): void {
  if (!answer.ok) return;
  for (const { fileName, rows, bytes } of answer.made) {
    reporter.report({ kind: "written", file: fileName, rows, bytes });
  }
  for (const hidden of answer.hidden) reporter.report({ kind: "suppressed", ...hidden, date });
}

/** What holds for a measure or a study, reported once and not at every date. */
function tellOnce(
  answers: Answers,
  { study, measures, files }: Measuring,
  { reporter }: Pick<RunContext, "reporter">,
): void {
  const warn = (found: Problem): void => {
    reporter.report({ kind: "warning", problem: found });
  };
  const good = answers.map((answer) => (answer?.ok === true ? answer : null));
  const nobody = files.filter((_, at) => good[at]?.patients === 0 && good[at].made.length > 0);
  if (nobody.length > 0) {
    warn(problem("no-patients", { study, dates: nobody.map(({ date }) => date) }));
  }
  const made = good.flatMap((answer) => answer?.made ?? []);
  const bare = measures.filter(isPatientLevel).map(({ id }) => id);
  const told = bare.filter((id) => made.some((each) => each.id === id));
  if (told.length > 0) warn(problem("patient-level", { measures: told }));
  for (const found of formulaWarnings(made)) warn(found);
}

function formulaWarnings(made: readonly MadeMeasure[]): readonly Problem[] {
  const byMeasure = new Map<string, readonly MadeMeasure[]>();
  for (const each of made.filter(({ formulas }) => formulas > 0)) {
    byMeasure.set(each.id, [...(byMeasure.get(each.id) ?? []), each]);
  }
  return [...byMeasure].map(([measure, files]) =>
    problem("measure-formulas", {
      measure,
      cells: files.reduce((sum, { formulas }) => sum + formulas, 0),
      files: files.map(({ fileName }) => fileName),
    }),
  );
}

interface Recording {
  readonly task: MeasureTask;
  readonly answer: MeasureAnswer;
  readonly recorder: Recorder;
  readonly origins: FilesKnown["origins"];
}

/** What one cohort file gave, as soon as it is there: a run killed later keeps it. */
async function record(
  { hashing, measures, fingerprint, study, ...made }: Measuring,
  { task: { date }, answer, recorder, origins }: Recording,
): Promise<void> {
  const { sha256 = null, fileName: cohort = "" } =
    (await hashing).find((each) => each.date === date) ?? {};
  if (!answer.ok || sha256 === null) return;
  const entries: Record<string, ManifestEntry> = {};
  const origin = made.origin?.(date) ?? origins(cohort, sha256);
  const counted: CohortMark =
    origin === null || made.secret === null
      ? { source: sha256 }
      : { source: sha256, records: recordsMark(made.secret, origin, date) };
  for (const { id, fileName, rows, bytes, sha256: written } of answer.made) {
    const measure = measures.find((each) => each.id === id);
    if (measure === undefined) continue;
    const file = { fingerprint: fingerprint(measure, [{ date, sha256 }]), rows, bytes };
    const marks = answer.marks === null ? {} : marksOf(measure, answer.marks);
    const more = { ...entryOf(measure, made, date), counted: { ...counted, ...marks } };
    entries[fileName] = { ...file, sha256: written, study, ...more };
  }
  await recorder.record(entries satisfies Manifest);
}
