/** Dates as days since 1960-01-01; no date is missing. spec/cohort.md 7.3, 7.5. */
import { fromDayNumber, isoDateOf, toDayNumber } from "../../base/dates.ts";
import type { DateFormat } from "../../base/dates.ts";
import { NO_DATE } from "../cohort-schema.ts";
import { failForType } from "../csv/cell-column.ts";
import { DAY_FORMAT, STATA_EPOCH } from "./cell-meaning.ts";
import { FIRST_MISSING } from "./storage-type.ts";
import { bytesOf, ownMemory } from "./stored-column.ts";
import type { PackedColumn } from "./stored-column.ts";

/**
 * A date of which only the year or month is shown becomes its first day. Days of all years from 1 to
 * 9999 are kept exactly, though Stata itself shows none before the year 100.
 */
export function dayStorage(dateFormat: DateFormat): PackedColumn {
  let days: Int32Array = new Int32Array(0);
  const stataDay = stataDays(dateFormat);
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

function stataDays(format: DateFormat): (day: number) => number {
  const first = format === "YYYY-MM-DD" ? (day: number) => day : firstDays(format);
  return (day) => (day === NO_DATE ? FIRST_MISSING.long : first(day) - STATA_EPOCH);
}

const MOST_KEPT = 1 << 16;

/** Gives the first day of the month or year; each day is reckoned once. */
function firstDays(format: DateFormat): (day: number) => number {
  const known = new Map<number, number>();
  return (day) => {
    const found = known.get(day);
    if (found !== undefined) return found;
    const shown = fromDayNumber(day).slice(0, format.length);
    const first = toDayNumber(isoDateOf(format === "YYYY" ? `${shown}-01-01` : `${shown}-01`));
    if (known.size === MOST_KEPT) known.clear();
    known.set(day, first);
    return first;
  };
}
