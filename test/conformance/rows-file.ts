/** Recorded rows as a file of any format: csv as they stand, others through the engine's own writers. */
import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import { stringify } from "csv-stringify/sync";
import { isoDateOf, toDayNumber } from "../../engine/base/dates.ts";
import { formatOf } from "../../engine/base/file-names.ts";
import { NO_DATE } from "../../engine/table/cohort-schema.ts";
import type { CohortSchema, ColumnValues } from "../../engine/table/cohort-schema.ts";
import { writeCohort } from "../../engine/table/write-table.ts";

interface Rows {
  readonly columns: readonly string[];
  readonly data: readonly (readonly unknown[])[];
}

/** `schema` says what is in the columns, where the format must know. */
export async function writeRows(rows: unknown, path: string, schema: CohortSchema): Promise<void> {
  const { columns, data } = rows as Rows;
  const format = formatOf(basename(path)) ?? "csv";
  if (format === "csv" || format === "csv.gz") {
    writeFileSync(path, csvBytes({ columns, data }, format));
    return;
  }
  const inOrder = columns.flatMap((name) => schema.filter((column) => column.name === name));
  const values = inOrder.map(({ type }, at) =>
    valuesOf(
      type,
      data.map((row) => row[at] ?? null),
    ),
  );
  const batches = [{ rows: data.length, columns: values }];
  await writeCohort({ path, format, schema: inOrder, batches });
}

/** Yes and no as 1 and 0, null as an empty field. */
function csvBytes({ columns, data }: Rows, format: string): Uint8Array {
  const cell = (value: unknown): unknown => (typeof value === "boolean" ? Number(value) : value);
  const text = stringify([[...columns], ...data.map((row) => row.map(cell))]);
  return format.endsWith(".gz") ? gzipSync(text) : Buffer.from(text);
}

function valuesOf(type: CohortSchema[number]["type"], cells: readonly unknown[]): ColumnValues {
  switch (type) {
    case "bool":
      return { type, values: Uint8Array.from(cells, Number) };
    case "int":
    case "float":
      return { type, values: Float64Array.from(cells, Number) };
    case "date":
      return { type, values: Int32Array.from(cells, dayOf) };
    case "str":
      return {
        type,
        values: cells.map((cell) => (typeof cell === "string" ? cell : "")),
        codes: Uint32Array.from(cells.keys()),
      };
  }
}

/** `2021` and `2021-02` are their first days. */
function dayOf(cell: unknown): number {
  if (typeof cell !== "string") return NO_DATE;
  return toDayNumber(isoDateOf(`${cell}-01-01`.slice(0, 10)));
}
