/** Numbers with a fraction: eight bytes each; one that is not a number is missing. */
import { fail } from "../problems.ts";
import { failForType } from "../csv/cell-column.ts";
import { doubleColumn } from "./double-column.ts";
import { FIRST_MISSING } from "./storage-type.ts";
import { bytesOf } from "./stored-column.ts";
import type { PackedColumn } from "./stored-column.ts";

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
