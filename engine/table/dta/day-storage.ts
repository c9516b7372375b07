/** Dates as days since 1960-01-01; no date is missing. */
import { NO_DATE } from "../cohort-schema.ts";
import { failForType } from "../csv/cell-column.ts";
import { DAY_FORMAT, STATA_EPOCH } from "./cell-meaning.ts";
import { FIRST_MISSING } from "./storage-type.ts";
import { bytesOf, ownMemory } from "./stored-column.ts";
import type { PackedColumn } from "./stored-column.ts";

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
