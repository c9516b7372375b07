/** The rows of csv bytes as texts, with their numbers. */
import { byteWindow, refill } from "./byte-window.ts";
import type { ByteWindow } from "./byte-window.ts";
import type { ByteSource } from "./byte-source.ts";
import { textOfBytes, unquoted } from "./cell-bytes.ts";
import { QUOTE } from "./ascii.ts";
import { readHeaderRow } from "./csv-header.ts";
import { indexRows, rowIndex } from "./row-index.ts";
import type { RowIndex } from "./row-index.ts";

export interface TextRows {
  readonly header: readonly string[];
  readonly rows: AsyncIterable<TextRow>;
}

export interface TextRow {
  /** The header is row 1; blank lines count. */
  readonly number: number;
  /** One per column of the header. */
  readonly cells: readonly string[];
}

const ROWS_AT_ONCE = 4096;

/**
 * Reads the header now and the rows as they are asked for; memory holds a stretch of the file. The
 * source is closed behind the last row, or when the reader stops. Problems as `readCohort`.
 */
export async function readTextRows(file: string, source: ByteSource): Promise<TextRows> {
  const window = byteWindow(file);
  try {
    const header = await readHeaderRow(window, source);
    return { header, rows: rowsOf(window, source, header.length) };
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function* rowsOf(
  window: ByteWindow,
  source: ByteSource,
  fields: number,
): AsyncGenerator<TextRow> {
  const index = rowIndex(fields, ROWS_AT_ONCE);
  try {
    for (;;) {
      indexRows(window, index);
      for (let row = 0; row < index.rows; row++) yield textRow(window, index, row);
      if (index.rows > 0) continue;
      if (window.last) return;
      await refill(window, source);
    }
  } finally {
    await source.close();
  }
}

function textRow({ bytes, file }: ByteWindow, index: RowIndex, row: number): TextRow {
  const { edges, stride } = index;
  const number = index.numbers[row] ?? 0;
  const place = () => ({ file, row: number, column: null });
  const cells = Array.from({ length: stride - 1 }, (_, field) => {
    const start = (edges[row * stride + field] ?? 0) + 1;
    const end = edges[row * stride + field + 1] ?? 0;
    const isQuoted = start < end && bytes[start] === QUOTE;
    return textOfBytes(isQuoted ? unquoted(bytes, start, end) : bytes.subarray(start, end), place);
  });
  return { number, cells };
}
