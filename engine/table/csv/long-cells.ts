/** Whole numbers of 64 bits as cells of csv. */
import { COMMA } from "./ascii.ts";
import { failForType } from "./cell-column.ts";
import type { CellColumn } from "./cell-column.ts";

/** A minus and 19 digits. */
const LONGEST_LONG = 20;

export function longCells(): CellColumn {
  let texts: readonly string[] = [];
  return {
    use: (values, rows) => {
      if (values.type !== "long") return failForType("long");
      texts = Array.from(values.values.subarray(0, rows), String);
    },
    longest: () => LONGEST_LONG,
    addLengths: ({ first, count, places }) => {
      for (let row = 0; row < count; row++) {
        places[row] = (places[row] ?? 0) + (texts[first + row]?.length ?? 0);
      }
    },
    put: ({ first, count, places }, bytes) => {
      for (let row = 0; row < count; row++) {
        const text = texts[first + row] ?? "";
        let place = places[row] ?? 0;
        for (let i = 0; i < text.length; i++) bytes[place++] = text.charCodeAt(i);
        bytes[place] = COMMA;
        places[row] = place + 1;
      }
    },
  };
}
