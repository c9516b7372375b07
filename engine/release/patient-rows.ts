/** Rows of a table of patients, of any length and format. */
import { encodingOf } from "./decoded-text.ts";
import { eachChunk } from "./table-size.ts";
import { TableSplitter } from "./table-text.ts";
import type { TableRow } from "./table-text.ts";

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
  await eachChunk(path, (bytes) => {
    reading.take ??= rowsOf(bytes);
    for (const { cells } of reading.take(bytes)) hear(cells);
  });
  for (const { cells } of reading.take?.(null) ?? []) hear(cells);
}

/** A program's table may be parted by others than commas: its first line tells. Null is the end. */
function rowsOf(start: Uint8Array): (bytes: Uint8Array | null) => readonly TableRow[] {
  const encoding = encodingOf(start) ?? "utf-8";
  const [header = ""] = new TextDecoder(encoding).decode(start).split(/[\r\n]/, 1);
  const separator = [",", "\t", ";", "|"].find((each) => header.includes(each)) ?? ",";
  const [decoder, splitter] = [new TextDecoder(encoding), new TableSplitter(separator)];
  return (bytes) =>
    bytes === null ? splitter.end() : splitter.take(decoder.decode(bytes, { stream: true }));
}
