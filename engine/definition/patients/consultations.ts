/** Consultations and scores reckoned in general practice. */
import type { Column } from "../column.ts";
import { buildColumn } from "./build-column.ts";
import type {
  DateFormatOption,
  DateOfMatchOption,
  ExpectationsOption,
  FindOptions,
  PeriodOptions,
  ReturningOption,
} from "./options.ts";
import type { Returned, ReturningOf } from "./returned.ts";

type ConsultationReturning = ReturningOf<"with_gp_consultations">;

export interface ConsultationOptions<Returning extends ConsultationReturning>
  extends
    ReturningOption<Returning>,
    PeriodOptions,
    FindOptions,
    DateFormatOption,
    ExpectationsOption {}

/**
 * Consultations in general practice that took place or are under way (arrived, waiting, in progress,
 * finished, walked out, visit); booked, cancelled and missed ones do not count. Dated by when the
 * patient was seen.
 *
 * | `returning` | holds |
 * |---|---|
 * | `binary_flag` (the usual) | 1 if there is a consultation in the period |
 * | `date` | the date of the latest, or of the earliest with `findFirstMatchInPeriod` |
 * | `number_of_matches_in_period` | how many |
 *
 * Patients without one get 0, or "" for the date.
 *
 * @example
 * consultations: patients.withGpConsultations({
 *   between: ["first_day_of_month(index_date)", "last_day_of_month(index_date)"],
 *   returning: "number_of_matches_in_period",
 * })
 */
export function withGpConsultations<const Returning extends ConsultationReturning = "binary_flag">(
  options?: ConsultationOptions<Returning>,
): Column<Returned<"with_gp_consultations", Returning>> {
  return buildColumn("with_gp_consultations", [], options);
}

type ScoreReturning = ReturningOf<"with_these_decision_support_values">;

export interface DecisionSupportOptions<Returning extends ScoreReturning, Dated extends boolean>
  extends
    ReturningOption<Returning>,
    PeriodOptions,
    FindOptions,
    DateFormatOption,
    DateOfMatchOption<Dated>,
    ExpectationsOption {
  /** Leave out values that are 0 or missing before one is chosen or any is counted. */
  ignoreMissingValues?: boolean;
}

/**
 * A score that the practice's system reckoned by itself. The electronic frailty index is the only one:
 * 0 (fit) to 1, the share of 36 deficits that the patient has. Dated by when it was reckoned.
 *
 * | `returning` | holds |
 * |---|---|
 * | `numeric_value` (the usual) | the latest score, or the earliest with `findFirstMatchInPeriod` |
 * | `binary_flag` | 1 if there is a score in the period |
 * | `date` | the date of the latest or earliest |
 * | `number_of_matches_in_period` | how many |
 *
 * Patients without a score get 0, or "" for the date.
 *
 * @example
 * frailty: patients.withTheseDecisionSupportValues("electronic_frailty_index", {
 *   onOrBefore: "index_date",
 * })
 */
export function withTheseDecisionSupportValues<
  const Returning extends ScoreReturning = "numeric_value",
  const Dated extends boolean = false,
>(
  algorithm: "electronic_frailty_index",
  options?: DecisionSupportOptions<Returning, Dated>,
): Column<
  Returned<"with_these_decision_support_values", Returning>,
  Dated extends true ? "date" : never
> {
  return buildColumn("with_these_decision_support_values", [algorithm], options);
}
