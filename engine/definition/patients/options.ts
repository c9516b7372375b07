/** Options that many `patients.*` functions share. */
import type { DateFormat } from "../../base/dates.ts";
import type { DateText } from "../dates/date-text.ts";
import type { ExpectationsGiven } from "../expectations/expectations-given.ts";

/**
 * Which days count. Both ends are included and compared as calendar days, so an event at any time of
 * the last day counts. Without any of the three, everything counts: the future, placeholder dates
 * such as 1900-01-01, and records without a date. With any of them, records without a date do not.
 */
export interface PeriodOptions {
  /** Last day that counts. Not together with `between`. */
  onOrBefore?: DateText;
  /** First day that counts. Not together with `between`. */
  onOrAfter?: DateText;
  /** First and last day that count, both included; `null` leaves that end open. */
  between?: readonly [from: DateText | null, to: DateText | null];
}

/** Which record is taken when several match. */
export interface FindOptions {
  /**
   * Take the earliest matching record. Otherwise the latest is taken. Records of the same moment:
   * the one with the lowest id, for earliest and latest alike.
   */
  findFirstMatchInPeriod?: boolean;
  /** Take the latest matching record. This is what happens anyway; write it to say it aloud. */
  findLastMatchInPeriod?: boolean;
}

export interface ReturningOption<Returning extends string> {
  /** What the column holds; it decides the column's type. */
  returning?: Returning;
}

export interface DateFormatOption<Format extends DateFormat = DateFormat> {
  /**
   * How much of a date the cohort file shows. Without it only the year. Other columns can be
   * relative to this date only if the month at least is kept.
   */
  dateFormat?: Format;
}

export interface ExpectationsOption<Key extends keyof ExpectationsGiven = keyof ExpectationsGiven> {
  /** What dummy data for this column look like; without effect on real data. */
  returnExpectations?: Pick<ExpectationsGiven, Key>;
}

/** Keys of expectations that every column reads. */
export type Occurrence = "rate" | "incidence" | "date";

export interface LegacyDateFormatOptions {
  /** @deprecated Use `dateFormat: "YYYY-MM"`. */
  includeMonth?: boolean;
  /** @deprecated Use `dateFormat: "YYYY-MM-DD"`. */
  includeDay?: boolean;
}

export interface DateOfMatchOption<Dated extends boolean> {
  /**
   * Adds a column `NAME_date` with the date of the record, in this column's `dateFormat`.
   * @deprecated Define it yourself: `NAME_date: patients.dateOf("NAME", { dateFormat: … })`.
   */
  includeDateOfMatch?: Dated;
}

export interface MeasurementDateOption<Dated extends boolean> {
  /**
   * Adds a column `NAME_date_measured` with the date of the measurement, in this column's
   * `dateFormat`.
   * @deprecated Define it yourself: `NAME_date_measured: patients.dateOf("NAME", { dateFormat: … })`.
   */
  includeMeasurementDate?: Dated;
}

/** Each overrides `returning`; of two dates the first wins. */
export interface LegacyReturningOptions<Counted extends boolean, FirstOrLast extends boolean> {
  /** @deprecated Use `returning: "binary_flag"`. */
  returnBinaryFlag?: boolean;
  /** @deprecated Use `returning: "number_of_matches_in_period"`. */
  returnNumberOfMatchesInPeriod?: Counted;
  /** @deprecated Use `returning: "date", findFirstMatchInPeriod: true`. */
  returnFirstDateInPeriod?: FirstOrLast;
  /** @deprecated Use `returning: "date", findLastMatchInPeriod: true`. */
  returnLastDateInPeriod?: FirstOrLast;
}
