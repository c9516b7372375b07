/** Second pass: one column of the indexed rows as codes of its distinct texts. */
import { QUOTE } from "./ascii.ts";
import type { ByteWindow } from "./byte-window.ts";
import { textOfBytes, unquoted } from "./cell-bytes.ts";
import type { RowIndex } from "./row-index.ts";
import { addText, codeOf } from "./text-dictionary.ts";
import type { TextDictionary } from "./text-dictionary.ts";

export interface TextColumn {
  readonly name: string;
  /** Place in the row. */
  readonly field: number;
  readonly codes: Uint32Array;
  readonly dictionary: TextDictionary;
}

/** Fills `column.codes`; texts are kept exactly, empty is "". Problem: not-utf8-text. */
export function readTextColumn(window: ByteWindow, index: RowIndex, column: TextColumn): void {
  const { bytes } = window;
  const { edges, stride, rows } = index;
  const { field, codes, dictionary } = column;
  for (let row = 0, edge = field; row < rows; row++, edge += stride) {
    const start = (edges[edge] ?? 0) + 1;
    const end = edges[edge + 1] ?? 0;
    const quoted = bytes[start] === QUOTE && start < end;
    const code = quoted ? -1 : codeOf(dictionary, bytes, start, end);
    if (code >= 0) codes[row] = code;
    else {
      const cell = quoted ? unquoted(bytes, start, end) : bytes.subarray(start, end);
      const place = () => ({
        file: window.file,
        row: index.numbers[row] ?? 0,
        column: column.name,
      });
      const known = codeOf(dictionary, cell, 0, cell.length);
      codes[row] = known >= 0 ? known : addText(dictionary, cell, textOfBytes(cell, place));
    }
  }
}
