/** Second pass: one column of the indexed rows as numbers. */
import { fail } from "../problems.ts";
import { QUOTE, ZERO } from "./ascii.ts";
import type { ByteWindow } from "./byte-window.ts";
import { unquoted } from "./cell-bytes.ts";
import { numberOfCell } from "./number-cell.ts";
import { isTooLargeWhole } from "./number-of-text.ts";
import type { RowIndex } from "./row-index.ts";

export interface NumberColumn {
  readonly name: string;
  /** Place in the row. */
  readonly field: number;
  readonly values: Float64Array;
}

/**
 * Fills `column.values` from `first` on. Problems: not-a-number, for an empty cell too; number-too-large for a
 * whole number beyond 2^53, as in every format.
 */
export function readNumberColumn(
  window: ByteWindow,
  index: RowIndex,
  column: NumberColumn,
  first: number,
): void {
  const { bytes } = window;
  const { edges, stride, rows } = index;
  const { field, values } = column;
  for (let row = 0, edge = field; row < rows; row++, edge += stride) {
    const start = (edges[edge] ?? 0) + 1;
    const end = edges[edge + 1] ?? 0;
    const digit = (bytes[start] ?? 0) - ZERO;
    if (end - start === 1 && digit >= 0 && digit <= 9) values[first + row] = digit;
    else {
      const value = numberOfCell(bytes, start, end);
      // Also true of NaN.
      if (!(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) {
        const place = { file: window.file, row: index.numbers[row] ?? 0, column: column.name };
        mustBeNumber(value, bytes.subarray(start, end), place);
      }
      values[first + row] = value;
    }
  }
}

interface Place {
  readonly file: string;
  readonly row: number;
  readonly column: string;
}

function mustBeNumber(value: number, cell: Uint8Array, place: Place): void {
  if (Number.isNaN(value)) fail("not-a-number", place);
  const inside = cell[0] === QUOTE ? unquoted(cell, 0, cell.length) : cell;
  if (isTooLargeWhole(Buffer.from(inside).toString("latin1"))) fail("number-too-large", place);
}
