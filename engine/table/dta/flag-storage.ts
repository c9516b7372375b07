/** Truth values as bytes 0 and 1. */
import { failForType } from "../csv/cell-column.ts";
import type { PackedColumn } from "./stored-column.ts";

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
        for (let row = 0; row < count; row++) bytes[at + row * stride] = packed[row] === 0 ? 0 : 1;
      },
    }),
  };
}
