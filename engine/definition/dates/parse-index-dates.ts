/** Reads `--index-date-range`. */
import {
  addDays,
  addMonths,
  monthOf,
  parseIsoDate,
  toDayNumber,
  yearOf,
} from "../../base/dates.ts";
import type { IsoDate } from "../../base/dates.ts";
import { fail } from "../problems.ts";

/** One space on either side of `to` and `by`. */
const SHAPE = /^(?<start>\S+)(?: to (?<end>\S+)(?: by (?<step>.*))?)?$/s;

const DAYS_A_WEEK = 7;

const steps = {
  month: (start: IsoDate, end: IsoDate) => {
    const months = 12 * (yearOf(end) - yearOf(start)) + monthOf(end) - monthOf(start);
    // Each from the start's day, not from the date before: 31 January, 29 February, 31 March.
    return upTo(months, (count) => addMonths(start, count)).filter((date) => date <= end);
  },
  week: (start: IsoDate, end: IsoDate) => {
    const weeks = Math.floor((toDayNumber(end) - toDayNumber(start)) / DAYS_A_WEEK);
    return upTo(weeks, (count) => addDays(start, DAYS_A_WEEK * count));
  },
} as const;

/**
 * The index dates of `DATE`, `DATE to DATE` or `DATE to DATE by month|week`, newest first; [null] for
 * "": the study's own index date. A month without the start's day gives its last day.
 * Problems: index-date-range, index-date-step, index-date-range-reversed.
 */
export function parseIndexDates(range: string, today: IsoDate): readonly (IsoDate | null)[] {
  if (range === "") return [null];
  const parts = SHAPE.exec(range)?.groups;
  if (parts === undefined) return refuse(range, "it is none of the forms");
  const start = dayOf(range, parts["start"] ?? "", today);
  if (parts["end"] === undefined) return [start];
  const end = dayOf(range, parts["end"], today);
  const step = parts["step"] ?? "month";
  if (step !== "month" && step !== "week") {
    return fail("index-date-step", { range, step, steps: Object.keys(steps) });
  }
  if (end < start) return fail("index-date-range-reversed", { range, start, end });
  return steps[step](start, end).reverse();
}

function upTo(last: number, date: (count: number) => IsoDate): IsoDate[] {
  return Array.from({ length: last + 1 }, (_, count) => date(count));
}

function dayOf(range: string, word: string, today: IsoDate): IsoDate {
  if (word === "today") return today;
  return parseIsoDate(word) ?? refuse(range, `${JSON.stringify(word)} is not an existing day`);
}

function refuse(range: string, sentence: string): never {
  const tidy = range.trim().replaceAll(/\s+/g, " ").toLowerCase();
  return fail("index-date-range", {
    range,
    sentence,
    instead: tidy !== range && isRange(tidy) ? tidy : null,
  });
}

/** Whether a tidied text would be accepted; only then it is worth offering. */
function isRange(text: string): boolean {
  const parts = SHAPE.exec(text)?.groups;
  const isDay = (word = ""): boolean => word === "today" || parseIsoDate(word) !== null;
  if (parts === undefined || !isDay(parts["start"])) return false;
  if (parts["end"] !== undefined && !isDay(parts["end"])) return false;
  return parts["step"] === undefined || Object.hasOwn(steps, parts["step"]);
}
