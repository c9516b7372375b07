import { gzipSync } from "node:zlib";
import { stringify } from "csv-stringify/sync";

interface Rows {
  readonly columns: readonly string[];
  readonly data: readonly (readonly unknown[])[];
}

/** Recorded rows as a csv or csv.gz file: yes and no as 1 and 0, null as an empty field. */
export function rowsText(rows: unknown, format: string): Uint8Array {
  const { columns, data } = rows as Rows;
  const cell = (value: unknown): unknown => (typeof value === "boolean" ? Number(value) : value);
  const text = stringify([[...columns], ...data.map((row) => row.map(cell))]);
  return format.endsWith(".gz") ? gzipSync(text) : Buffer.from(text);
}
