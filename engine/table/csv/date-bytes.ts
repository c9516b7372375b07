/** Dates as bytes: each day is formatted once and then copied. */
import { fromDayNumber } from "../../base/dates.ts";

const ISO_LENGTH = 10;

/** 2^16 days are 179 years: days of one study rarely share a place. */
const PLACES = 1 << 16;

export interface DateBytes {
  /** Which day each place holds. */
  readonly days: Float64Array;
  readonly texts: Uint8Array;
}

export function dateBytes(): DateBytes {
  return {
    days: new Float64Array(PLACES).fill(NaN),
    texts: new Uint8Array(PLACES * ISO_LENGTH),
  };
}

/** Where in `texts` the ten bytes `YYYY-MM-DD` of a day start. */
export function placeOfDay({ days, texts }: DateBytes, day: number): number {
  const place = day & (PLACES - 1);
  const start = place * ISO_LENGTH;
  if (days[place] !== day) {
    days[place] = day;
    const text = fromDayNumber(day);
    for (let i = 0; i < ISO_LENGTH; i++) texts[start + i] = text.charCodeAt(i);
  }
  return start;
}
