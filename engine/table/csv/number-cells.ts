/** Flags and numbers as cells of csv. */
import { COMMA, ZERO } from "./ascii.ts";
import { failForType, STRIPE_ROWS } from "./cell-column.ts";
import type { CellColumn } from "./cell-column.ts";
import { integerLength, LONGEST_NUMBER, putFloat, putInteger } from "./number-bytes.ts";

export function flagCells(): CellColumn {
  let flags: Uint8Array = new Uint8Array(0);
  return {
    use: (values) => {
      if (values.type !== "bool") failForType("bool");
      flags = values.values;
    },
    longest: () => 1,
    addLengths: ({ count, places }) => {
      for (let row = 0; row < count; row++) places[row] = (places[row] ?? 0) + 1;
    },
    put: ({ first, count, places }, bytes) => {
      const values = flags;
      for (let row = 0; row < count; row++) {
        const place = places[row] ?? 0;
        // 0 gives 0, all others 1: a branch would be guessed wrong by the processor too often.
        bytes[place] = ZERO + (((values[first + row] ?? 0) + 255) >> 8);
        bytes[place + 1] = COMMA;
        places[row] = place + 2;
      }
    },
  };
}

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
