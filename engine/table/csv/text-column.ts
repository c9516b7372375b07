/** Second pass: one column of the indexed rows as codes of its distinct texts. */
import { QUOTE } from "./ascii.ts";
import type { ByteWindow } from "./byte-window.ts";
import { textOfBytes, unquoted } from "./cell-bytes.ts";
import type { RowIndex } from "./row-index.ts";
import { addText, codeOf, SLACK } from "./text-dictionary.ts";
import type { TextDictionary } from "./text-dictionary.ts";
import { LONGEST_LABEL, mustBeShort, mustFit } from "./text-limits.ts";

export interface TextColumn {
  readonly name: string;
  /** Place in the row. */
  readonly field: number;
  readonly codes: Uint32Array;
  readonly dictionary: TextDictionary;
}

/**
 * Fills `column.codes` from `first` on; texts are kept exactly, empty is "". Problems: not-utf8-text,
 * text-too-long, too-much-text.
 */
export function readTextColumn(
  window: ByteWindow,
  index: RowIndex,
  column: TextColumn,
  first: number,
): void {
  const { bytes } = window;
  const { edges, stride, rows } = index;
  const { field, codes, dictionary } = column;
  dictionary.input = new DataView(bytes.buffer, bytes.byteOffset);
  for (let row = 0, edge = field; row < rows; row++, edge += stride) {
    const start = (edges[edge] ?? 0) + 1;
    const end = edges[edge + 1] ?? 0;
    const quoted = bytes[start] === QUOTE && start < end;
    const code = quoted ? -1 : codeOf(dictionary, start, end);
    codes[first + row] = code >= 0 ? code : rareCode(window, index, column, row);
  }
}

/** For a quoted text, or one that is new in its column. */
function rareCode(window: ByteWindow, index: RowIndex, column: TextColumn, row: number): number {
  const edge = row * index.stride + column.field;
  const start = (index.edges[edge] ?? 0) + 1;
  const end = index.edges[edge + 1] ?? 0;
  const { bytes, file } = window;
  const { dictionary, name } = column;
  const place = () => ({ file, row: index.numbers[row] ?? 0, column: name });
  mustFit(dictionary.total, place);
  if (bytes[start] !== QUOTE || start === end) {
    mustBeShort(end - start, LONGEST_LABEL, place);
    return addText(dictionary, textOfBytes(bytes.subarray(start, end), place), start, end);
  }
  const cell = unquoted(bytes, start, end);
  mustBeShort(cell.length, LONGEST_LABEL, place);
  const { input } = dictionary;
  dictionary.input = withSlack(cell);
  const known = codeOf(dictionary, 0, cell.length);
  const code = known >= 0 ? known : addText(dictionary, textOfBytes(cell, place), 0, cell.length);
  dictionary.input = input;
  return code;
}

function withSlack(bytes: Uint8Array): DataView {
  const copy = new Uint8Array(bytes.length + SLACK);
  copy.set(bytes);
  return new DataView(copy.buffer);
}
