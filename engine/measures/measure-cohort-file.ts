/** One cohort file in, its measure files out: the work of one task, in whichever thread. */
import { basename, join } from "node:path";

import { measureFileName } from "../base/file-names.ts";
import { ProblemError } from "../base/problems.ts";
import { readCohort, readCohortHeader } from "../table/read-cohort.ts";
import { aggregate } from "./aggregate.ts";
import { atMost } from "./at-most.ts";
import { formatMeasure } from "./format-measure.ts";
import { isPatientLevel } from "./measure-spec.ts";
import type { MeasureTable } from "./measure-table.ts";
import type { MadeMeasure, MeasureAnswer, MeasureTask } from "./message.ts";
import { missingColumns } from "./missing-columns.ts";
import { roundCounts, roundingOf } from "./round-counts.ts";
import { policyOf, suppress } from "./suppress.ts";
import { wantedColumns } from "./wanted-columns.ts";
import { writePieces } from "./write-pieces.ts";

/** Writing waits for the disk most of the time; more at once would only hold more files open. */
const FILES_AT_ONCE = 16;

/**
 * Reads the cohort file once, aggregates, suppresses as each measure says, and writes its file for the
 * date. Problems come back as data: those of reading and writing, measure-column-missing,
 * measure-too-many-groups. If all measures are kept the file is not opened. spec/measures.md 2, 3.
 */
export async function measureCohortFile(task: MeasureTask): Promise<MeasureAnswer> {
  try {
    return await answerFor(task);
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, problems: error.problems };
    throw error;
  }
}

async function answerFor(task: MeasureTask): Promise<MeasureAnswer> {
  const kept = new Set(task.kept);
  if (task.measures.every(({ id }) => kept.has(id))) {
    return { ok: true, made: [], suppressed: [], messages: [], warnings: [] };
  }
  const tables = (await tablesOf(task)).filter(({ measure }) => !kept.has(measure.id));
  const made = await atMost(FILES_AT_ONCE, tables, (table) => make(table, task));
  return {
    ok: true,
    made: made.map(([measure]) => measure),
    suppressed: made.flatMap(([{ id }, messages]) => (messages.length > 0 ? [id] : [])),
    messages: made.flatMap(([, messages]) => messages),
    warnings: warningsOf(tables, task),
  };
}

async function tablesOf({
  file,
  measures,
  studyColumns,
}: MeasureTask): Promise<readonly MeasureTable[]> {
  const name = basename(file);
  const inFile = await readCohortHeader(file);
  const problems = missingColumns(measures, { file: name, inFile, inStudy: studyColumns });
  if (problems.length > 0) throw new ProblemError(problems);
  return aggregate(await readCohort(file, wantedColumns(measures)), measures, name);
}

async function make(
  unsuppressed: MeasureTable,
  { folder, date }: MeasureTask,
): Promise<readonly [made: MadeMeasure, messages: readonly string[]]> {
  const { measure, rows } = unsuppressed;
  const { table: suppressed, messages } = suppress(unsuppressed, policyOf(measure));
  const table = roundCounts(suppressed, roundingOf(measure));
  const fileName = measureFileName(measure.id, date);
  const written = await writePieces(join(folder, fileName), formatMeasure(table));
  const patientLevel = isPatientLevel(measure);
  return [{ id: measure.id, fileName, rows, patientLevel, ...written }, messages];
}

function warningsOf(tables: readonly MeasureTable[], { file }: MeasureTask): readonly string[] {
  const name = JSON.stringify(basename(file));
  const nobody = tables.every(({ rows }) => rows === 0) ? [`${name} has no patients.`] : [];
  const bare = tables
    .filter(({ measure }) => isPatientLevel(measure))
    .map(({ measure }) => measure.id);
  return [
    ...nobody,
    ...bare.map((id) => `Measure "${id}" has no group_by: its files have one row per patient.`),
  ];
}
