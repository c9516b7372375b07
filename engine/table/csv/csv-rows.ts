/** Reading a csv file row by row, every cell a text. */
import { pipeline, Readable } from "node:stream";
import { TextDecoder } from "node:util";

import { CsvError, parse } from "csv-parse";

import { fail } from "../problems.ts";
import type { TableRow } from "../table-format.ts";
import type { ByteSource } from "./byte-source.ts";
import { openByteSource } from "./byte-source.ts";
import type { CsvFile } from "./byte-source.ts";
import { LONGEST_ROW } from "./byte-window.ts";
import { LONGEST_TEXT, mustBeShort } from "./text-limits.ts";

interface ParsedRow {
  readonly record: readonly string[];
  readonly info: { readonly records: number; readonly empty_lines: number };
}

/** See `readTable`. */
export async function* readCsvRows(csv: CsvFile): AsyncGenerator<TableRow> {
  const { file } = csv;
  let expected = 0;
  let header: readonly string[] = [];
  for await (const { record, info } of parsedRows(csv)) {
    const row = info.records + info.empty_lines;
    if (expected === 0) {
      expected = record.length;
      header = record;
    }
    if (record.length !== expected) {
      fail("ragged-row", { file, row, fields: record.length, expected });
    }
    const at = record.findIndex(isTooLong);
    const place = () => ({ file, row, column: header[at] ?? null });
    if (at >= 0) mustBeShort(Infinity, LONGEST_TEXT, place);
    yield { row, cells: record };
  }
  if (expected === 0) fail("empty-table", { file });
}

/** A character takes three bytes at most for each of its UTF-16 units. */
function isTooLong(cell: string): boolean {
  return cell.length > LONGEST_TEXT / 3 && Buffer.byteLength(cell) > LONGEST_TEXT;
}

async function* parsedRows(csv: CsvFile): AsyncGenerator<ParsedRow> {
  const parser = parse({
    info: true,
    skip_empty_lines: true,
    // Told by `readCsvRows`, which knows the file.
    relax_column_count: true,
    record_delimiter: ["\r\n", "\n", "\r"],
    max_record_size: LONGEST_ROW,
  });
  // The loop below hears of every error; the callback only keeps it from being thrown twice.
  pipeline(Readable.from(texts(csv)), parser, () => undefined);
  try {
    for await (const parsed of parser) yield parsed as ParsedRow;
  } catch (error) {
    throw error instanceof CsvError ? failForCsv(error, csv.file) : error;
  }
}

/** csv-parse itself would put a replacement character where the bytes are not UTF-8. */
async function* texts(csv: CsvFile): AsyncGenerator<string> {
  const source = await openByteSource(csv);
  try {
    // Without `ignoreBOM` a byte order mark at the start is left out.
    const decoder = new TextDecoder("utf-8", { fatal: true });
    for await (const bytes of chunks(source)) {
      const text = decodedText(decoder, bytes, csv.file);
      if (text !== "") yield text;
    }
  } finally {
    await source.close();
  }
}

/** Ends with null, for a decoder to look whether its last character is complete. */
async function* chunks(source: ByteSource): AsyncGenerator<Uint8Array | null> {
  const bytes = new Uint8Array(1 << 16);
  for (;;) {
    const count = await source.read(bytes, 0);
    if (count === 0) break;
    yield bytes.subarray(0, count);
  }
  yield null;
}

function decodedText(decoder: TextDecoder, bytes: Uint8Array | null, file: string): string {
  try {
    return bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true });
  } catch (error) {
    if (error instanceof TypeError) return fail("not-utf8-text", { file, row: null, column: null });
    throw error;
  }
}

function failForCsv(error: CsvError, file: string): Error {
  const row = Number(error["records"]) + Number(error["empty_lines"]) + 1;
  // Not thrown on as it is: its message quotes the cell.
  switch (error.code as string) {
    case "CSV_INVALID_CLOSING_QUOTE":
    case "INVALID_OPENING_QUOTE":
    case "CSV_QUOTE_NOT_CLOSED":
      return fail("broken-quotes", { file, row });
    case "CSV_MAX_RECORD_SIZE":
      return fail("row-too-long", { file, row, limit: "64 MiB" });
    default:
      return error;
  }
}
