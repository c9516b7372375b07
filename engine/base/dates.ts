/**
 * Calendar dates as ISO text. All date arithmetic of the engine is here, and nothing else uses
 * date-fns. Every date is a day of the proleptic Gregorian calendar without a time or a zone.
 */
import { UTCDateMini } from "@date-fns/utc/date/mini";
import { addMonths as addMonthsTo } from "date-fns/addMonths";
import { endOfMonth } from "date-fns/endOfMonth";

declare const isoDate: unique symbol;

/** A day as `YYYY-MM-DD`, known to exist, from year 0001 to 9999. */
export type IsoDate = string & { readonly [isoDate]: true };

/** How much of a date a cohort file shows. */
export type DateFormat = "YYYY" | "YYYY-MM" | "YYYY-MM-DD";

export const dateFormats: readonly DateFormat[] = ["YYYY", "YYYY-MM", "YYYY-MM-DD"];

const ISO_SHAPE = /^\d{4}-\d{2}-\d{2}$/;
const MILLISECONDS_A_DAY = 86_400_000;

/** The date if `text` is an existing day written `YYYY-MM-DD`, otherwise null. */
export function parseIsoDate(text: string): IsoDate | null {
  if (!ISO_SHAPE.test(text) || text.startsWith("0000")) return null;
  const time = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(time)) return null;
  // Date.parse rolls 30 February over to March; a day that does not exist must not pass.
  return new Date(time).toISOString().startsWith(text) ? (text as IsoDate) : null;
}

/** For dates written in this code base; throws on an impossible day because that is a bug. */
export function isoDateOf(text: string): IsoDate {
  const date = parseIsoDate(text);
  if (date === null) throw new RangeError(`not an ISO date: ${text}`);
  return date;
}

/** Days since 1970-01-01; negative before. */
export function toDayNumber(date: IsoDate): number {
  return Date.parse(`${date}T00:00:00Z`) / MILLISECONDS_A_DAY;
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
/** From 0001-01-01 to 1970-01-01. */
const DAYS_BEFORE_1970 = 719_162;

/**
 * The same for a day given by its parts, without a text: records are read by the million. NaN where there
 * is no such day in the years 0001 to 9999.
 */
export function dayNumberOf(year: number, month: number, day: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = (MONTH_DAYS[month - 1] ?? 0) + (month === 2 && isLeap ? 1 : 0);
  if (!(year >= 1 && year <= 9999 && day >= 1 && day <= days)) return NaN;
  const past = year - 1;
  const leaps = Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
  const months = (DAYS_BEFORE_MONTH[month - 1] ?? 0) + (month > 2 && isLeap ? 1 : 0);
  return past * 365 + leaps + months + day - 1 - DAYS_BEFORE_1970;
}

/** The day so many days after 1970-01-01. Throws RangeError outside years 0001 to 9999. */
export function fromDayNumber(day: number): IsoDate {
  const year = new Date(day * MILLISECONDS_A_DAY).getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) throw new RangeError("date outside years 0001 to 9999");
  return new Date(day * MILLISECONDS_A_DAY).toISOString().slice(0, 10) as IsoDate;
}

export function addDays(date: IsoDate, days: number): IsoDate {
  return fromDayNumber(toDayNumber(date) + days);
}

/** A day that the target month lacks becomes its last day: 31 January + 1 month = 29 February 2020. */
export function addMonths(date: IsoDate, months: number): IsoDate {
  return fromUtc(addMonthsTo(toUtc(date), months));
}

/** 29 February + 1 year = 28 February. */
export function addYears(date: IsoDate, years: number): IsoDate {
  return addMonths(date, 12 * years);
}

export function yearOf(date: IsoDate): number {
  return Number(date.slice(0, 4));
}

/** 1 to 12. */
export function monthOf(date: IsoDate): number {
  return Number(date.slice(5, 7));
}

export function firstDayOfMonth(date: IsoDate): IsoDate {
  return `${date.slice(0, 7)}-01` as IsoDate;
}

export function lastDayOfMonth(date: IsoDate): IsoDate {
  return fromUtc(endOfMonth(toUtc(date)));
}

/** 1 `month` on or before the date: the start of a year that begins in that month. */
export function firstDayOfYearFrom(month: number, date: IsoDate): IsoDate {
  const year = monthOf(date) >= month ? yearOf(date) : yearOf(date) - 1;
  return monthStart(year, month);
}

/** The day before the next 1 `month`: the end of a year that begins in that month. */
export function lastDayOfYearFrom(month: number, date: IsoDate): IsoDate {
  // By the month that ends the year, not by its first day: that day may lie outside years 0001 to 9999.
  const endMonth = month === 1 ? 12 : month - 1;
  const year = monthOf(date) > endMonth ? yearOf(date) + 1 : yearOf(date);
  return lastDayOfMonth(monthStart(year, endMonth));
}

/** Completed years from `birth` to `date`; a 29 February birthday counts as 28 February in common years. */
export function completedYears(birth: IsoDate, date: IsoDate): number {
  const years = yearOf(date) - yearOf(birth);
  return addYears(birth, years) > date ? years - 1 : years;
}

/** The leading part of the date that the format shows. */
export function formatDate(date: IsoDate, format: DateFormat): string {
  return date.slice(0, format.length);
}

/** The calendar day of a clock reading, in the zone of the clock. */
export function calendarDayOf(now: Date): IsoDate {
  const two = (n: number): string => String(n).padStart(2, "0");
  return isoDateOf(`${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`);
}

function monthStart(year: number, month: number): IsoDate {
  return isoDateOf(`${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-01`);
}

function toUtc(date: IsoDate): Date {
  return new UTCDateMini(`${date}T00:00:00Z`);
}

function fromUtc(date: Date): IsoDate {
  return fromDayNumber(Math.floor(date.getTime() / MILLISECONDS_A_DAY));
}
