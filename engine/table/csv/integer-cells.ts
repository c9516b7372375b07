/** Whole numbers as digits. */
import { COMMA } from "./ascii.ts";
import { failForType } from "./cell-column.ts";
import type { CellColumn } from "./cell-column.ts";
import { integerLength, LONGEST_NUMBER, putInteger } from "./number-bytes.ts";

export function integerCells(): CellColumn {
  let numbers = new Float64Array(0);
  return {
    use: (values, rows) => {
      if (values.type !== "int") failForType("int");
      numbers = values.values.subarray(0, rows);
      mustBeWhole(numbers);
    },
    longest: () => LONGEST_NUMBER,
    addLengths: ({ first, count, places }) => {
      const values = numbers;
      for (let row = 0; row < count; row++) {
        places[row] = (places[row] ?? 0) + integerLength(values[first + row] ?? 0);
      }
    },
    put: ({ first, count, places }, bytes) => {
      const values = numbers;
      for (let row = 0; row < count; row++) {
        const end = putInteger(bytes, places[row] ?? 0, values[first + row] ?? 0);
        bytes[end] = COMMA;
        places[row] = end + 1;
      }
    },
  };
}

function mustBeWhole(values: Float64Array): void {
  for (const value of values) {
    if (!Number.isInteger(value) || Math.abs(value) >= 1e21) {
      throw new Error("a column of whole numbers holds something else");
    }
  }
}
