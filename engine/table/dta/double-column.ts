/** Numbers in eight bytes each; one that is not a number is missing. */
import { FIRST_MISSING } from "./storage-type.ts";
import { ownMemory } from "./stored-column.ts";
import type { StoredColumn } from "./stored-column.ts";

export function doubleColumn(displayFormat: string): StoredColumn {
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
