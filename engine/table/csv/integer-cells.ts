/** Whole numbers as digits. */
import { COMMA } from "./ascii.ts";
import { failForType, STRIPE_ROWS } from "./cell-column.ts";
import type { CellColumn } from "./cell-column.ts";
import { integerLength, LONGEST_NUMBER, putInteger } from "./number-bytes.ts";

export function integerCells(): CellColumn {
  let numbers: Float64Array = new Float64Array(0);
  const lengths = new Uint8Array(STRIPE_ROWS);
  return {
    use: (values, rows) => {
      if (values.type !== "int") failForType("int");
      numbers = values.values;
      mustBeWhole(numbers, rows);
    },
    longest: () => LONGEST_NUMBER,
    addLengths: ({ first, count, places }) => {
      const values = numbers;
      for (let row = 0; row < count; row++) {
        const length = integerLength(values[first + row] ?? 0);
        lengths[row] = length;
        places[row] = (places[row] ?? 0) + length;
      }
    },
    put: ({ first, count, places }, bytes) => {
      const values = numbers;
      for (let row = 0; row < count; row++) {
        const end = (places[row] ?? 0) + (lengths[row] ?? 0);
        putInteger(bytes, end, values[first + row] ?? 0);
        bytes[end] = COMMA;
        places[row] = end + 1;
      }
    },
  };
}

/** Beyond 1e21 a number is no longer written with digits alone, and nothing counts that far. */
function mustBeWhole(values: Float64Array, rows: number): void {
  for (let row = 0; row < rows; row++) {
    const value = values[row] ?? NaN;
    if (Math.trunc(value) !== value || Math.abs(value) >= 1e21) {
      throw new Error("a column of whole numbers holds something else");
    }
  }
}
