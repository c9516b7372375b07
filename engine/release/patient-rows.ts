/** Rows of a table of patients, of any length and format. */
import { openByteSource } from "../table/csv/byte-source.ts";
import { CsvRows } from "../text/csv-rows.ts";
import type { CsvRow } from "../text/csv-rows.ts";
import { encodingOf } from "./decoded-text.ts";

const TABLE = /\.(csv|csv\.gz|feather|parquet|dta|dta\.gz)$/;

export function isPatientTable(path: string): boolean {
  return TABLE.test(path);
}

/** Header first. False where the file cannot be read to its end. */
export async function eachPatientRow(
  path: string,
  hear: (cells: readonly string[]) => void,
): Promise<boolean> {
  try {
    if (/\.csv(\.gz)?$/.test(path)) await eachCsvRow(path, hear);
    else for await (const { cells } of await storedRows(path)) hear(cells);
    return true;
  } catch {
    return false;
  }
}

/** The readers of the formats are loaded when such a table is read. */
async function storedRows(
  path: string,
): Promise<AsyncIterable<{ readonly cells: readonly string[] }>> {
  const { readTable } = await import("../table/read-table.ts");
  return readTable(path);
}

async function eachCsvRow(path: string, hear: (cells: readonly string[]) => void): Promise<void> {
  const reading: { take?: ReturnType<typeof rowsOf> } = {};
  for await (const bytes of chunksOf(path)) {
    reading.take ??= rowsOf(bytes);
    for (const { cells } of reading.take(bytes)) hear(cells());
  }
  for (const { cells } of reading.take?.(null) ?? []) hear(cells());
}

/** The bytes of a file, unpacked where its name ends in .gz; the array is used again. */
async function* chunksOf(file: string): AsyncGenerator<Uint8Array> {
  const source = await openByteSource({ file, gzip: file.endsWith(".gz") });
  try {
    const bytes = new Uint8Array(1 << 18);
    for (;;) {
      const count = await source.read(bytes, 0);
      if (count === 0) return;
      yield bytes.subarray(0, count);
    }
  } finally {
    await source.close();
  }
}

/** A program's table may be parted by others than commas: its first line tells. Null is the end. */
function rowsOf(start: Uint8Array): (bytes: Uint8Array | null) => readonly CsvRow[] {
  const encoding = encodingOf(start) ?? "utf-8";
  const [header = ""] = new TextDecoder(encoding).decode(start).split(/[\r\n]/, 1);
  const separator = [",", "\t", ";", "|"].find((each) => header.includes(each)) ?? ",";
  const [decoder, reading] = [new TextDecoder(encoding), new CsvRows(separator)];
  return (bytes) =>
    bytes === null ? reading.end() : reading.take(decoder.decode(bytes, { stream: true }));
}
