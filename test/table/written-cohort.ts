/** Cohorts written for tests, column by column, behind an id. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { isoDateOf, toDayNumber } from "../../engine/base/dates.ts";
import type { CohortFormat } from "../../engine/base/file-names.ts";
import { NO_DATE } from "../../engine/table/cohort-schema.ts";
import type { CohortBatch, CohortColumn, ColumnValues } from "../../engine/table/cohort-schema.ts";
import { readTable } from "../../engine/table/read-table.ts";
import { writeCohort } from "../../engine/table/write-table.ts";
import { scratchFolder } from "./scratch-folder.ts";

export const ints = (...values: number[]): ColumnValues => ({
  type: "int",
  values: Float64Array.from(values),
});

export const floats = (...values: number[]): ColumnValues => ({
  type: "float",
  values: Float64Array.from(values),
});

export const words = (...values: string[]): ColumnValues => ({
  type: "str",
  values: values,
  codes: Uint32Array.from(values.keys()),
});

export const days = (...values: (string | null)[]): ColumnValues => ({
  type: "date",
  values: Int32Array.from(values, (day) => (day === null ? NO_DATE : toDayNumber(isoDateOf(day)))),
});

const scratch = scratchFolder();
let folders = 0;

/** A folder of its own. */
export function newFolder(): string {
  const folder = join(scratch, String(folders++));
  mkdirSync(folder);
  return folder;
}

export interface Written {
  readonly columns: readonly CohortColumn[];
  /** The first of each batch is the ids. */
  readonly batches: readonly (readonly ColumnValues[])[];
  readonly format?: CohortFormat;
  readonly folder?: string;
}

/** Gives the path. */
export async function write(cohort: Written): Promise<string> {
  const { columns, batches, format = "dta", folder = newFolder() } = cohort;
  const path = join(folder, `input.${format}`);
  const inBatches = batches.map((values): CohortBatch => {
    const [first] = values;
    return { rows: first?.type === "int" ? first.values.length : 0, columns: values };
  });
  const schema: CohortColumn[] = [{ name: "patient_id", type: "int" }, ...columns];
  await writeCohort({ path, format, schema, batches: inBatches });
  return path;
}

/** Cells of the only column beside the id, written and read again. */
export async function cellsOf(
  column: CohortColumn,
  values: ColumnValues,
): Promise<readonly string[]> {
  const rows = values.type === "str" ? values.codes.length : values.values.length;
  const ids = ints(...Array.from({ length: rows }, (_, i) => i));
  const path = await write({ columns: [column], batches: [[ids, values]] });
  const cells: string[] = [];
  for await (const row of readTable(path)) cells.push(row.cells[1] ?? "?");
  return cells.slice(1);
}
