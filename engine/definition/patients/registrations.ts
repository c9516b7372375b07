/** Where patients are registered. */
import type { Column } from "../column.ts";
import type { DateText } from "../dates/date-text.ts";
import { buildColumn } from "./build-column.ts";
import type { DateFormatOption, ExpectationsOption, Occurrence, PeriodOptions } from "./options.ts";
import type { Returned, ReturningOf } from "./returned.ts";

type YesNoExpectations = ExpectationsOption<Occurrence | "bool">;

/**
 * 1 for patients registered with a practice on the date, 0 for others. A registration counts from its
 * first day to the day before it ends: whoever leaves on the date is not registered.
 *
 * @param referenceDate May be relative to another column's date; a missing date gives 0.
 * @example population: patients.registeredAsOf("index_date")
 */
export function registeredAsOf(
  referenceDate: DateText,
  options?: YesNoExpectations,
): Column<"bool"> {
  return buildColumn("registered_as_of", [referenceDate], options);
}

/**
 * 1 for patients who were registered with one and the same practice from `startDate` through
 * `endDate`, 0 for others, also for those who changed practice in between without a gap. The
 * registration must have begun on or before `startDate` and end after `endDate`.
 *
 * @example followed: patients.registeredWithOnePracticeBetween("index_date - 1 year", "index_date")
 */
export function registeredWithOnePracticeBetween(
  startDate: DateText,
  endDate: DateText,
  options?: YesNoExpectations,
): Column<"bool"> {
  return buildColumn("registered_with_one_practice_between", [startDate, endDate], options);
}

/**
 * Known for old studies; no database can answer it and `check` says so.
 *
 * @deprecated Use `patients.withCompleteGpConsultationHistoryBetween`.
 */
export function withCompleteHistoryBetween(
  startDate: DateText,
  endDate: DateText,
  options?: YesNoExpectations,
): Column<"bool"> {
  return buildColumn("with_complete_history_between", [startDate, endDate], options);
}

/**
 * 1 for patients registered with one practice from `startDate` through `endDate` that kept its
 * records in the present system on `startDate` already, so that their consultations are complete;
 * 0 for others.
 *
 * @example
 * complete: patients.withCompleteGpConsultationHistoryBetween("index_date - 1 year", "index_date")
 */
export function withCompleteGpConsultationHistoryBetween(
  startDate: DateText,
  endDate: DateText,
  options?: YesNoExpectations,
): Column<"bool"> {
  const dates = [startDate, endDate];
  return buildColumn("with_complete_gp_consultation_history_between", dates, options);
}

export interface DeregistrationOptions
  extends PeriodOptions, DateFormatOption, ExpectationsOption<Occurrence> {}

/**
 * The day on which a patient's last registration ended, if it lies in the period. Empty for patients
 * who are still registered, who have none, or whose last registration ended outside the period: the
 * last end is found first, then compared.
 *
 * @example
 * left: patients.dateDeregisteredFromAllSupportedPractices({
 *   onOrAfter: "index_date",
 *   dateFormat: "YYYY-MM-DD",
 * })
 */
export function dateDeregisteredFromAllSupportedPractices(
  options?: DeregistrationOptions,
): Column<"date"> {
  return buildColumn("date_deregistered_from_all_supported_practices", [], options);
}

/** Properties of practices in a cluster randomised trial: `rct__germdefence__trial_arm`. */
export type ClusterTrialReturning = `rct__germdefence__${string}`;

type PracticeReturning = ReturningOf<"registered_practice_as_of">;

/** `enrolled` is yes or no, everything else of a trial is text. */
export type PracticeType<Returning extends PracticeReturning | ClusterTrialReturning> =
  Returning extends PracticeReturning
    ? Returned<"registered_practice_as_of", Returning>
    : Returning extends "rct__germdefence__enrolled"
      ? "bool"
      : "str";

/**
 * Something about the practice with which a patient is registered on a date. Of several
 * registrations, the one that began last.
 *
 * | `returning` | holds |
 * |---|---|
 * | `stp_code` | text: the STP (later ICB) area, `E54000001` |
 * | `msoa` (`msoa_code` in old studies) | text: the area code of the practice, `E02000001` |
 * | `nuts1_region_name` | text: the region of England, `North East` |
 * | `pseudo_id` | whole number that stands for the practice |
 * | `rct__germdefence__enrolled` | 1 if the practice takes part in the trial |
 * | `rct__germdefence__…` | text: a property of the practice in the trial, such as `trial_arm` |
 *
 * Patients who are registered nowhere get "" (0 for `pseudo_id` and `enrolled`).
 *
 * @param date May be relative to another column's date.
 * @example region: patients.registeredPracticeAsOf("index_date", "nuts1_region_name")
 */
export function registeredPracticeAsOf<
  const Returning extends PracticeReturning | ClusterTrialReturning,
>(
  date: DateText,
  returning: Returning,
  options?: ExpectationsOption,
): Column<PracticeType<Returning>> {
  return buildColumn("registered_practice_as_of", [date, returning], options);
}
