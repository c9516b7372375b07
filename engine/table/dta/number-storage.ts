/** How flags, numbers and days are stored in Stata files. */
import { fail } from "../problems.ts";
import { NO_DATE, NO_FLAG } from "../cohort-schema.ts";
import { failForType } from "../csv/cell-column.ts";
import { DAY_FORMAT, STATA_EPOCH, WHOLE_FORMAT } from "./cell-meaning.ts";
import { FIRST_MISSING, LEAST_LONG } from "./storage-type.ts";
import { bytesOf, ownMemory } from "./stored-column.ts";
import type { PackedColumn, StoredColumn } from "./stored-column.ts";

/** Eight bytes for each number; one that is not a number is missing. */
function doubleColumn(displayFormat: string): StoredColumn {
  return {
    type: { kind: "double", bytes: 8 },
    displayFormat,
    longTextBytes: 0,
    put: (packed, { view, at, stride, count }) => {
      const numbers = new Float64Array(ownMemory(packed));
      for (let row = 0; row < count; row++) {
        const value = numbers[row] ?? NaN;
        const stored = Number.isNaN(value) ? FIRST_MISSING.double : value;
        view.setFloat64(at + row * stride, stored, true);
      }
    },
  };
}

/** Truth values as bytes 0 and 1. */
export function flagStorage(): PackedColumn {
  let flags: Uint8Array = new Uint8Array(0);
  return {
    use: (values) => {
      if (values.type !== "bool") failForType("bool");
      flags = values.values;
    },
    longest: () => 1,
    pack: (first, count) => [flags.subarray(first, first + count)],
    stored: () => ({
      type: { kind: "byte", bytes: 1 },
      displayFormat: "%8.0g",
      longTextBytes: 0,
      put: (packed, { bytes, at, stride, count }) => {
        for (let row = 0; row < count; row++) bytes[at + row * stride] = stataFlag(packed[row]);
      },
    }),
  };
}

function stataFlag(flag = 0): number {
  if (flag === NO_FLAG) return FIRST_MISSING.byte;
  return flag === 0 ? 0 : 1;
}

/** Whole numbers: four bytes each where all fit, otherwise eight. */
export function wholeStorage(): PackedColumn {
  let numbers: Float64Array = new Float64Array(0);
  let [least, greatest] = [0, 0];
  return {
    use: (values) => {
      if (values.type !== "int") failForType("int");
      numbers = values.values;
    },
    longest: () => 8,
    pack: (first, count) => {
      const some = numbers.subarray(first, first + count);
      for (const value of some) {
        if (value < least) least = value;
        if (value > greatest) greatest = value;
      }
      return [bytesOf(some)];
    },
    stored: () =>
      least < LEAST_LONG || greatest >= FIRST_MISSING.long ? doubleColumn(WHOLE_FORMAT) : fourBytes,
  };
}

const fourBytes: StoredColumn = {
  type: { kind: "long", bytes: 4 },
  displayFormat: "%12.0g",
  longTextBytes: 0,
  put: (packed, { view, at, stride, count }) => {
    const numbers = new Float64Array(ownMemory(packed));
    for (let row = 0; row < count; row++) {
      const value = numbers[row] ?? NaN;
      view.setInt32(at + row * stride, Number.isNaN(value) ? FIRST_MISSING.long : value, true);
    }
  },
};

/** Problem while packing: stata-number, where Stata would take a number for a missing value. */
export function floatStorage(column: string, file: string): PackedColumn {
  let numbers: Float64Array = new Float64Array(0);
  let row = 1;
  return {
    use: (values) => {
      if (values.type !== "float") failForType("float");
      numbers = values.values;
    },
    longest: () => 8,
    pack: (first, count) => {
      const some = numbers.subarray(first, first + count);
      for (const value of some) {
        row++;
        const tooLarge = value >= FIRST_MISSING.double || value === -Infinity;
        if (tooLarge) fail("stata-number", { file, row, column });
      }
      return [bytesOf(some)];
    },
    stored: () => doubleColumn("%10.0g"),
  };
}

/** Days of all years from 1 to 9999 are kept exactly, though Stata itself shows none before the year 100. */
export function dayStorage(): PackedColumn {
  let days: Int32Array = new Int32Array(0);
  return {
    use: (values) => {
      if (values.type !== "date") failForType("date");
      days = values.values;
    },
    longest: () => 4,
    pack: (first, count) => [bytesOf(days.slice(first, first + count).map(stataDay))],
    stored: () => ({
      type: { kind: "long", bytes: 4 },
      displayFormat: DAY_FORMAT,
      longTextBytes: 0,
      put: (packed, { view, at, stride, count }) => {
        const stataNumbers = new Int32Array(ownMemory(packed));
        for (let row = 0; row < count; row++) {
          view.setInt32(at + row * stride, stataNumbers[row] ?? FIRST_MISSING.long, true);
        }
      },
    }),
  };
}

function stataDay(day: number): number {
  return day === NO_DATE ? FIRST_MISSING.long : day - STATA_EPOCH;
}
