/** Whole numbers: four bytes each where all fit, otherwise eight. */
import { failForType } from "../csv/cell-column.ts";
import { WHOLE_FORMAT } from "./cell-meaning.ts";
import { doubleColumn } from "./double-column.ts";
import { FIRST_MISSING, LEAST_LONG } from "./storage-type.ts";
import { bytesOf, ownMemory } from "./stored-column.ts";
import type { PackedColumn, StoredColumn } from "./stored-column.ts";

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
      view.setInt32(at + row * stride, numbers[row] ?? 0, true);
    }
  },
};
