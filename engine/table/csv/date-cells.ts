/** Dates cut to what the column's format shows; no date is empty. */
import { fromDayNumber } from "../../base/dates.ts";
import { NO_DATE } from "../cohort-schema.ts";
import { COMMA } from "./ascii.ts";
import { failForType } from "./cell-column.ts";
import type { CellColumn } from "./cell-column.ts";

const ISO_LENGTH = 10;

/** 2^16 days are 179 years: days of one study rarely share a place. */
const PLACES = 1 << 16;

/** Each day is formatted once and then copied. */
export interface DayTexts {
  /** Which day each place holds. */
  readonly days: Float64Array;
  readonly texts: Uint8Array;
}

export function dayTexts(): DayTexts {
  return {
    days: new Float64Array(PLACES).fill(NaN),
    texts: new Uint8Array(PLACES * ISO_LENGTH),
  };
}

/** `shown` of the ten bytes of each date; all columns of a file share the texts of the days. */
export function dateCells(shown: number, cache: DayTexts): CellColumn {
  let days: Int32Array = new Int32Array(0);
  return {
    use: (values) => {
      if (values.type !== "date") failForType("date");
      days = values.values;
    },
    longest: () => shown,
    addLengths: ({ first, count, places }) => {
      for (let row = 0; row < count; row++) {
        places[row] = (places[row] ?? 0) + (days[first + row] === NO_DATE ? 0 : shown);
      }
    },
    put: ({ first, count, places }, bytes) => {
      for (let row = 0; row < count; row++) {
        let place = places[row] ?? 0;
        const day = days[first + row] ?? NO_DATE;
        if (day !== NO_DATE) {
          const start = startOfDay(cache, day);
          for (let i = start; i < start + shown; i++) bytes[place++] = cache.texts[i] ?? 0;
        }
        bytes[place] = COMMA;
        places[row] = place + 1;
      }
    },
  };
}

/** Where in `texts` the ten bytes `YYYY-MM-DD` of a day start. */
function startOfDay({ days, texts }: DayTexts, day: number): number {
  const place = day & (PLACES - 1);
  const start = place * ISO_LENGTH;
  if (days[place] !== day) {
    days[place] = day;
    const text = fromDayNumber(day);
    for (let i = 0; i < ISO_LENGTH; i++) texts[start + i] = text.charCodeAt(i);
  }
  return start;
}
