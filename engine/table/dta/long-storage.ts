/** Whole numbers of 64 bits: as texts of their digits, since Stata has no numbers that hold them. */
import { failForType } from "../csv/cell-column.ts";
import type { PackedColumn } from "./stored-column.ts";
import { textStorage } from "./text-storage.ts";

export function longStorage(): PackedColumn {
  const texts = textStorage();
  return {
    ...texts,
    use: (values) => {
      if (values.type !== "long") return failForType("long");
      const digits = Array.from(values.values, String);
      const codes = Uint32Array.from(digits, (_, row) => row);
      texts.use({ type: "str", codes, values: digits });
    },
  };
}
