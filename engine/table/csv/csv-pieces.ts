/** A csv file in pieces of whole rows, which are read without each other. */
import { TextDecoder } from "node:util";
import { CsvError, parse } from "csv-parse/sync";
import { LF, QUOTE } from "./ascii.ts";
import { openByteSource } from "./byte-source.ts";
import type { CsvFile } from "./byte-source.ts";
import { LONGEST_ROW } from "./byte-window.ts";

export interface CsvPiece {
  readonly bytes: Uint8Array;
  /** It begins with the header, perhaps with a byte order mark. */
  readonly isFirst: boolean;
}

/** A row that is longer makes a piece longer. */
const PIECE = 1 << 20;

/**
 * The pieces in turn. Where quotes are as they should be, each ends with a row; where they are not, one of the pieces
 * cannot be read. A row without an end is an error. Problems: those of `openByteSource`.
 */
export async function* csvPieces(csv: CsvFile, size = PIECE): AsyncGenerator<CsvPiece, void> {
  const source = await openByteSource(csv);
  try {
    let window = new Uint8Array(size);
    let [filled, isFirst] = [0, true];
    for (;;) {
      const count = await source.read(window, filled);
      filled += count;
      if (count > 0 && filled < window.length) continue;
      const end = count === 0 ? filled : endOfRows(Buffer.from(window.buffer, 0, filled));
      if (end > 0) {
        yield { bytes: window.slice(0, end), isFirst };
        isFirst = false;
      } else if (count > 0) {
        if (window.length > LONGEST_ROW) throw new Error("a row of a csv file has no end");
        const longer = new Uint8Array(2 * window.length);
        longer.set(window);
        window = longer;
      }
      if (count === 0) return;
      window.copyWithin(0, end, filled);
      filled -= end;
    }
  } finally {
    await source.close();
  }
}

/** Behind the last line feed that no quotes enclose; 0 where there is none. A doubled quote closes and opens. */
function endOfRows(bytes: Buffer): number {
  let end = 0;
  for (let from = 0; from < bytes.length;) {
    const opening = indexOr(bytes, QUOTE, from);
    const feed = opening === 0 ? -1 : bytes.lastIndexOf(LF, opening - 1);
    if (feed >= from) end = feed + 1;
    from = indexOr(bytes, QUOTE, opening + 1) + 1;
  }
  return end;
}

function indexOr(bytes: Buffer, byte: number, from: number): number {
  const at = bytes.indexOf(byte, from);
  return at < 0 ? bytes.length : at;
}

/** The rows of a piece as `readCsvRows` reads them, the header among them; null where that would be a problem. */
export function rowsOfPiece({ bytes, isFirst }: CsvPiece): readonly (readonly string[])[] | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: !isFirst }).decode(bytes);
    return parse(text, {
      skip_empty_lines: true,
      relax_column_count: true,
      record_delimiter: ["\r\n", "\n", "\r"],
      max_record_size: LONGEST_ROW,
    });
  } catch (error) {
    if (error instanceof CsvError || error instanceof TypeError) return null;
    throw error;
  }
}
