/** Whole numbers as digits. */
import { COMMA } from "./ascii.ts";
import { failForType, STRIPE_ROWS } from "./cell-column.ts";
import type { CellColumn } from "./cell-column.ts";
import { integerLength, LONGEST_NUMBER, putInteger } from "./number-bytes.ts";

export function integerCells(): CellColumn {
  let numbers: Float64Array = new Float64Array(0);
  const lengths = new Uint8Array(STRIPE_ROWS);
  return {
    use: (values) => {
      if (values.type !== "int") failForType("int");
      numbers = values.values;
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
