/** All measures of one study without cohort files: counted in a database, or of dummy data. */
import { basename } from "node:path";
import type { IsoDate } from "../../base/dates.ts";
import { ProblemError } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { Backend, HearVocabulary } from "../../backend/backend.ts";
import { connect } from "../../backend/connect.ts";
import type { PartMade } from "../../backend/database/evaluation.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import { groupsNeeded, measureGroups } from "../../measures/grouped-cohort.ts";
import { writeTables } from "../../measures/measure-cohort-file.ts";
import type { MeasureAnswer, MeasureTask } from "../../measures/measure-task.ts";
import type { CohortMarks } from "../../measures/published-facts.ts";
import type { MeasurePool, MeasureRun, Watch } from "../../measures/pool.ts";
import { cohortIdentities } from "../cohorts/cohort-fingerprint.ts";
import { hearVocabulary } from "../cohorts/told-vocabulary.ts";
import type { RunContext } from "../context.ts";
import { databaseOutside } from "../database-outside.ts";
import { partText } from "../part-text.ts";
import type { LoadedStudy } from "../studies/load-study.ts";
import { studyFileReader } from "../studies/study-file-reader.ts";
import { definitionMarks } from "./definition-marks.ts";
import { drawnMeasures } from "./drawn-measures.ts";
import { measureWithoutFiles } from "./measure-cohorts.ts";
import type { StudyMeasured } from "./measure-cohorts.ts";
import { measureFingerprints } from "./measure-fingerprint.ts";
import type { MeasuresToMake } from "./measures-to-make.ts";
import type { RecordsToMeasure } from "./records-to-measure.ts";

/** As `generate_cohort` draws dummy data where nobody says otherwise. */
const SEED = "cohortline";

/** Problems: those of `connect`, of the database, of `aggregate` and of writing. */
export async function measureRecords(
  request: Omit<MeasuresToMake, "pool">,
  { records, loaded }: { readonly records: RecordsToMeasure; readonly loaded: LoadedStudy },
  context: RunContext,
): Promise<StudyMeasured> {
  const backend = await backendFor({ records, loaded }, context);
  const { reporter } = context;
  try {
    for (const found of backend.warnings) reporter.report({ kind: "warning", problem: found });
    return await measureFrom(backend, { request, records, loaded }, context);
  } finally {
    await backend.close();
  }
}

async function backendFor(
  { records: { source, today }, loaded }: Pick<Asked, "records" | "loaded">,
  context: RunContext,
): Promise<Backend> {
  const { workspace: studyFolder, databaseFolder: workspace = studyFolder } = context;
  const readFile = studyFileReader(studyFolder, loaded.study.name);
  if (source.kind === "dummy") {
    const { patients } = source;
    const { dummyBackend } = await import("../../backend/dummy/dummy-backend.ts");
    return dummyBackend({ patients, seed: SEED, today, readFile });
  }
  const { reporter, signal } = context;
  const onPart = (made: PartMade): void => {
    reporter.report({ kind: "message", text: partText(made) });
  };
  const outside = databaseOutside(context);
  const options = { workspace, outside, today, readFile, evaluate: "one-pass" } as const;
  return connect(source.url, { ...options, onPart, signal });
}

interface Asked {
  readonly request: Omit<MeasuresToMake, "pool">;
  readonly records: RecordsToMeasure;
  readonly loaded: LoadedStudy;
}

async function measureFrom(
  backend: Backend,
  { request, records, loaded }: Asked,
  context: RunContext,
): Promise<StudyMeasured> {
  const { engineVersion, workspace } = context;
  const { study, definition } = loaded;
  const identity = await cohortIdentities({
    ...{ engineVersion, definition: definition.study, study, parameters: records.params },
    ...{ data: records.source.kind, dataVersion: backend.dataVersion, format: "groups" },
    ...{ today: records.today, workspace },
  });
  const dates = [...records.indexDates].sort();
  const files = dates.map((date) => ({ date, fileName: `the records at ${date}` }));
  // What a cohort's file would be told by is what it would be made from.
  const inputs = files.map((file) => {
    return { ...file, sha256: identity(file.date).fingerprint, problems: [] };
  });
  const names = [...groupsNeeded(request.measures).keys, ...groupsNeeded(request.measures).numbers];
  const marked =
    request.secret === null ? null : definitionMarks(request.secret, study, [...new Set(names)]);
  const marks = (date: IsoDate) => marked?.(date, identity(date).origin) ?? null;
  const vocabulary = hearVocabulary(study.name, context);
  const measuring = {
    ...{ ...request, files, hashing: Promise.resolve(inputs) },
    pool: recordsPool(heardBy(backend, vocabulary.hear), study, marks),
    vocabulary: vocabulary.entry,
    fingerprint: measureFingerprints(request.measures, engineVersion),
    origin: (date: IsoDate | null) => ({ ...identity(date).origin, index_date: date }),
  };
  return measureWithoutFiles(measuring, context);
}

function heardBy(backend: Backend, hear: HearVocabulary): Backend {
  const { groups } = backend;
  if (groups === null) return backend;
  return {
    ...backend,
    groups: (study, indexDates, wanted) => groups(study, indexDates, wanted, hear),
  };
}

/** One date after the other: the work is the database's. */
function recordsPool(backend: Backend, study: CheckedStudy, marks: Tasks["marks"]): MeasurePool {
  return {
    run: (tasks, watch = {}) => runTasks(backend, { study, tasks, marks }, watch),
    close: () => Promise.resolve(),
  };
}

interface Tasks {
  readonly study: CheckedStudy;
  readonly tasks: readonly MeasureTask[];
  readonly marks: (date: IsoDate) => CohortMarks | null;
}

const NOTHING: MeasureAnswer = { ok: true, patients: 0, marks: null, made: [], hidden: [] };

async function runTasks(
  backend: Backend,
  { study, tasks, marks }: Tasks,
  { signal, onDone }: Watch,
): Promise<MeasureRun> {
  const answers: (MeasureAnswer | null)[] = tasks.map(() => null);
  const problems: Problem[] = [];
  const finish = (at: number, answer: MeasureAnswer): void => {
    const task = tasks[at];
    if (task === undefined) return;
    answers[at] = answer;
    onDone?.(answer, task);
  };
  const isKept = ({ measures, kept }: MeasureTask): boolean => measures.length === kept.length;
  tasks.forEach((task, at) => {
    if (isKept(task)) finish(at, NOTHING);
  });
  const open = tasks.flatMap((task, at) => (isKept(task) ? [] : [at]));
  try {
    for await (const { at, answer } of answersOf(backend, { study, tasks, marks }, open)) {
      finish(at, answer);
      if (!answer.ok) problems.push(...answer.problems);
      if (signal?.aborted === true) break;
    }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    // A database whose statement is ended says so in its own way.
    if (signal?.aborted !== true) problems.push(...error.problems);
  }
  return { answers, problems };
}

async function* answersOf(
  backend: Backend,
  { study, tasks, marks }: Tasks,
  open: readonly number[],
): AsyncGenerator<{ readonly at: number; readonly answer: MeasureAnswer }> {
  const asked = open.flatMap((at) => tasks[at] ?? []);
  const answers = backend.groups === null ? drawnMeasures : countedMeasures;
  let done = 0;
  for await (const answer of answers(backend, study, asked)) {
    const date = asked[done]?.date;
    const isCounted = backend.groups !== null && answer.ok && date !== undefined;
    const marked = isCounted ? { ...answer, marks: marks(date) } : answer;
    yield { at: open[done++] ?? 0, answer: marked };
  }
}

async function* countedMeasures(
  { groups }: Backend,
  study: CheckedStudy,
  tasks: readonly MeasureTask[],
): AsyncGenerator<MeasureAnswer> {
  const [first] = tasks;
  if (groups === null || first === undefined) return;
  const dates = tasks.map(({ date }) => date);
  let done = 0;
  for await (const counted of groups(study, dates, groupsNeeded(first.measures))) {
    const task = tasks[done++];
    if (task === undefined) continue;
    const { measures, file } = task;
    const measured = measureGroups(counted.groups, measures, basename(file));
    yield writeTables({ ...measured, marks: null }, task);
  }
}
