import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { stringify } from "csv-stringify/sync";
import { readDay } from "../../engine/backend/dummy-file/read-cell.ts";
import type { CohortFormat } from "../../engine/base/file-names.ts";
import { NO_DATE } from "../../engine/table/cohort-schema.ts";
import type { CohortColumn, CohortSchema, ColumnValues } from "../../engine/table/cohort-schema.ts";
import { writeCohort } from "../../engine/table/write-cohort.ts";

interface Rows {
  readonly columns: readonly string[];
  readonly data: readonly (readonly unknown[])[];
}

/**
 * Recorded rows as a file: csv as text, where yes and no are 1 and 0 and null an empty field; a binary
 * format through the engine's own writer, as the recorded case used the reference's.
 */
export async function writeRows(
  rows: unknown,
  path: string,
  { format, schema }: { readonly format: CohortFormat; readonly schema: CohortSchema },
): Promise<void> {
  const { columns, data } = rows as Rows;
  if (format === "csv" || format === "csv.gz") {
    const cell = (value: unknown): unknown => (typeof value === "boolean" ? Number(value) : value);
    const text = stringify([[...columns], ...data.map((row) => row.map(cell))]);
    writeFileSync(path, format === "csv" ? text : gzipSync(text));
    return;
  }
  const values = schema.map((column) => {
    const place = columns.indexOf(column.name);
    return valuesOf(
      column,
      data.map((row) => row[place] ?? null),
    );
  });
  await writeCohort({ path, format, schema, batches: [{ rows: data.length, columns: values }] });
}

function valuesOf(column: CohortColumn, cells: readonly unknown[]): ColumnValues {
  switch (column.type) {
    case "bool":
      return { type: "bool", values: Uint8Array.from(cells, (cell) => (cell === true ? 1 : 0)) };
    case "int":
    case "float":
      return { type: column.type, values: Float64Array.from(cells, Number) };
    case "date": {
      const day = (cell: unknown): number =>
        typeof cell === "string" ? (readDay(cell, column.dateFormat) ?? NaN) : NO_DATE;
      return { type: "date", values: Int32Array.from(cells, day) };
    }
    case "str": {
      const words = cells.map((cell) => (typeof cell === "string" ? cell : ""));
      return { type: "str", codes: Uint32Array.from(words.keys()), words };
    }
  }
}
