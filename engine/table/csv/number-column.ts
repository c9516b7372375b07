/** Second pass: one column of the indexed rows as numbers. */
import { fail } from "../../base/problems.ts";
import { ZERO } from "./ascii.ts";
import type { ByteWindow } from "./byte-window.ts";
import { numberOfCell } from "./number-cell.ts";
import type { RowIndex } from "./row-index.ts";

export interface NumberColumn {
  readonly name: string;
  /** Place in the row. */
  readonly field: number;
  readonly values: Float64Array;
}

/**
 * Fills `column.values` from `first` on. Problem: not-a-number, for an empty cell too
 * (spec/measures.md 2.3).
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
      if (Number.isNaN(value)) failForCell(window.file, index.numbers[row] ?? 0, column.name);
      values[first + row] = value;
    }
  }
}

function failForCell(file: string, row: number, column: string): never {
  return fail("not-a-number", { file, row, column });
}
