/** Truth values as `0` and `1`. */
import { COMMA, ZERO } from "./ascii.ts";
import { failForType } from "./cell-column.ts";
import type { CellColumn } from "./cell-column.ts";

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
