/** One cohort file in, its measure files out: the work of one task, in whichever thread. */
import { basename, join } from "node:path";

import { measureFileName } from "../base/file-names.ts";
import { ProblemError } from "../base/problems.ts";
import { readCohort, readCohortHeader } from "../table/read-cohort.ts";
import { aggregate } from "./aggregate.ts";
import { atMost } from "./at-most.ts";
import { writeMeasure } from "./measure-file.ts";
import { isPatientLevel } from "./measure-spec.ts";
import type { MeasureTable } from "./measure-table.ts";
import type { MadeMeasure, MeasureAnswer, MeasureTask } from "./message.ts";
import { missingColumns } from "./missing-columns.ts";
import { roundCounts, roundingOf } from "./round-counts.ts";
import { policyOf, suppress } from "./suppress.ts";
import { wantedColumns } from "./wanted-columns.ts";

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
    return { ok: true, patients: 0, made: [], suppressed: [], messages: [], warnings: [] };
  }
  const { patients, tables: all } = await tablesOf(task);
  const tables = all.filter(({ measure }) => !kept.has(measure.id));
  const made = await atMost(FILES_AT_ONCE, tables, (table) => make(table, task));
  return {
    ok: true,
    patients,
    made: made.map(([measure]) => measure),
    suppressed: made.flatMap(([{ id }, messages]) => (messages.length > 0 ? [id] : [])),
    messages: made.flatMap(([, messages]) => messages),
    warnings: warningsOf(tables, task),
  };
}

interface Measured {
  readonly patients: number;
  /** One for each measure of the task. */
  readonly tables: readonly MeasureTable[];
}

async function tablesOf({ file, measures, studyColumns }: MeasureTask): Promise<Measured> {
  const name = basename(file);
  const inFile = await readCohortHeader(file);
  const problems = missingColumns(measures, { file: name, inFile, inStudy: studyColumns });
  if (problems.length > 0) throw new ProblemError(problems);
  const { dictionaries, blocks } = await readCohort(file, wantedColumns(measures));
  let patients = 0;
  async function* counted() {
    for await (const block of blocks) {
      patients += block.rows;
      yield block;
    }
  }
  const tables = await aggregate({ dictionaries, blocks: counted() }, measures, name);
  return { patients, tables };
}

async function make(
  unsuppressed: MeasureTable,
  { folder, date, format }: MeasureTask,
): Promise<readonly [made: MadeMeasure, messages: readonly string[]]> {
  const { measure, rows } = unsuppressed;
  const { table: suppressed, messages } = suppress(unsuppressed, policyOf(measure));
  const table = roundCounts(suppressed, roundingOf(measure));
  const fileName = measureFileName(measure.id, date, format);
  const written = await writeMeasure(join(folder, fileName), table, format);
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
