/** Floats as `floatText` has them. */
import { COMMA } from "./ascii.ts";
import { failForType, STRIPE_ROWS } from "./cell-column.ts";
import type { CellColumn } from "./cell-column.ts";
import { LONGEST_NUMBER, putFloat } from "./number-bytes.ts";

/** The length of a float is known only when it is written: it is written aside and copied. */
export function floatCells(): CellColumn {
  let numbers: Float64Array = new Float64Array(0);
  const texts = new Uint8Array(STRIPE_ROWS * LONGEST_NUMBER);
  const ends = new Int32Array(STRIPE_ROWS);
  return {
    use: (values) => {
      if (values.type !== "float") failForType("float");
      numbers = values.values;
    },
    longest: () => LONGEST_NUMBER,
    addLengths: ({ first, count, places }) => {
      for (let row = 0; row < count; row++) {
        const start = row * LONGEST_NUMBER;
        const end = putFloat(texts, start, numbers[first + row] ?? 0);
        ends[row] = end;
        places[row] = (places[row] ?? 0) + end - start;
      }
    },
    put: ({ count, places }, bytes) => {
      for (let row = 0; row < count; row++) {
        const start = row * LONGEST_NUMBER;
        const length = (ends[row] ?? 0) - start;
        const place = places[row] ?? 0;
        for (let i = 0; i < length; i++) bytes[place + i] = texts[start + i] ?? 0;
        bytes[place + length] = COMMA;
        places[row] = place + length + 1;
      }
    },
  };
}
