/** One cohort file in, its measure files out: the work of one task, in whichever thread. */
import { basename, join } from "node:path";
import { measureFileName } from "../base/file-names.ts";
import { ProblemError } from "../base/problems.ts";
import { readCohort, readCohortHeader } from "../table/read-table.ts";
import { aggregate } from "./aggregate.ts";
import { countCohortFile } from "./count-cohort-file.ts";
import { joinedAnswers } from "./joined-answers.ts";
import { mapWithConcurrency } from "./map-with-concurrency.ts";
import { openMarking, withPatients } from "./mark-cohort.ts";
import { PATIENT_ID } from "../table/whole-cohort.ts";
import { writeMeasure } from "./write-measure.ts";
import { wantedColumns } from "./measure-spec.ts";
import type { MeasureTable } from "./measure-table.ts";
import type { MadeMeasure, MeasureAnswer, MeasureTask, Measured } from "./measure-task.ts";
import { formulaCells } from "./label-text.ts";
import { labelsMerged, mergeLabels } from "./merge-labels.ts";
import { missingColumns } from "./missing-columns.ts";
import { publishable } from "./publishable.ts";
import { fail } from "./problems.ts";
import type { HiddenGroups } from "./suppress.ts";
import { withhold } from "./withhold.ts";

/** Writing waits for the disk most of the time; more at once would only hold more files open. */
const FILES_AT_ONCE = 16;

/**
 * Reads the cohort file once, aggregates, suppresses as each measure says, and writes its file for the
 * date. Problems come back as data: those of reading and writing, columns that are missing,
 * measure-too-many-groups. If all measures are kept the file is not opened.
 */
export async function measureCohortFile(task: MeasureTask): Promise<MeasureAnswer> {
  return (await measureCounted(task, measureRows)) ?? measureRows(task);
}

/**
 * The same where groups of the file can be counted without reading its rows here; measures for which that cannot be
 * are left to `measureRest`. Otherwise null, and nothing is written.
 */
export async function measureCounted(
  task: MeasureTask,
  measureRest: (task: MeasureTask) => Promise<MeasureAnswer>,
  threads = 1,
): Promise<MeasureAnswer | null> {
  return withProblems(async () => {
    if (areAllKept(task)) return NOTHING_TO_DO;
    const counted = await countCohortFile(task, threads);
    if (counted === null) return null;
    if (counted.rest.length === 0) return writeTables(counted, task);
    const others = { ...task, measures: counted.rest };
    // Their columns are marked all the same.
    if (areAllKept(others)) return null;
    const rest = await measureRest(others);
    // Whatever is wrong is told of all measures together.
    if (!rest.ok) return null;
    const { measures } = task;
    const some = await writeTables(counted, task);
    return joinedAnswers(some, rest, { measures, rest: counted.rest });
  });
}

/** The same from each row of the file. */
export async function measureRows(task: MeasureTask): Promise<MeasureAnswer> {
  return withProblems(async () => {
    if (areAllKept(task)) return NOTHING_TO_DO;
    const missing = await missingIn(task);
    if (missing.length > 0) return { ok: false, problems: [], missing };
    return writeTables(await tablesOf(task), task);
  });
}

const NOTHING_TO_DO: MeasureAnswer = { ok: true, patients: 0, marks: null, made: [], hidden: [] };

function areAllKept({ measures, kept }: MeasureTask): boolean {
  return measures.every(({ id }) => kept.includes(id));
}

async function withProblems<Answer>(work: () => Promise<Answer>): Promise<Answer | MeasureAnswer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, problems: error.problems, missing: [] };
    throw error;
  }
}

/** Suppresses and writes those that are not kept already. */
export async function writeTables(
  { tables, patients, marks }: Measured,
  task: MeasureTask,
): Promise<MeasureAnswer> {
  const kept = new Set(task.kept);
  const wanted = tables.filter(({ measure }) => !kept.has(measure.id));
  const results = await mapWithConcurrency(FILES_AT_ONCE, wanted, (table) => make(table, task));
  return {
    ...{ ok: true, patients, marks },
    made: results.map(({ made }) => made),
    hidden: results.flatMap(({ hidden }) => hidden),
  };
}

async function missingIn({ file, measures, studyColumns }: MeasureTask) {
  return missingColumns(measures, { inFile: await readCohortHeader(file), inStudy: studyColumns });
}

/** Ids beyond 2^53, as hashes give, are not marked: whatever else is too large is told the second time too. */
async function tablesOf(task: MeasureTask): Promise<Measured> {
  return measured(task, task.secret).catch((error: unknown) => {
    if (task.secret === null || !isTooLarge(error)) throw error;
    return measured(task, null);
  });
}

function isTooLarge(error: unknown): boolean {
  return (
    error instanceof ProblemError && error.problems.some(({ code }) => code === "number-too-large")
  );
}

async function measured(
  { file, measures }: MeasureTask,
  secret: MeasureTask["secret"],
): Promise<Measured> {
  const needed = wantedColumns(measures);
  const isMarked = secret !== null && !needed.texts.includes(PATIENT_ID);
  const wanted = isMarked ? withPatients(needed) : needed;
  const marking = isMarked ? openMarking(secret, wanted) : null;
  const { dictionaries, blocks } = await readCohort(file, wanted);
  let patients = 0;
  async function* counted() {
    for await (const block of blocks) {
      patients += block.rows;
      yield block;
    }
  }
  const tables = await aggregate(
    { dictionaries, blocks: counted() },
    measures,
    basename(file),
    marking,
  );
  return { patients, tables, marks: marking?.marks(dictionaries) ?? null };
}

interface Made {
  readonly made: MadeMeasure;
  readonly hidden: readonly HiddenGroups[];
}

async function make(apart: MeasureTable, { folder, date, format }: MeasureTask): Promise<Made> {
  const counted = mergeLabels(apart);
  const { measure, rows } = counted;
  const { table: shown, hidden } = publishable(counted);
  const withheld = measure.withheld?.filter((figure) => figure.date === date) ?? [];
  const table =
    withhold(shown, withheld) ?? fail("repairs-do-not-fit", { measure: measure.id, date });
  const fileName = measureFileName(measure.id, date, format);
  const written = await writeMeasure(join(folder, fileName), table, format);
  const formulas = formulaCells(table);
  const labels = labelsMerged(apart);
  const merged = labels.length === 0 ? {} : { merged: labels };
  return { made: { id: measure.id, fileName, rows, formulas, ...merged, ...written }, hidden };
}
