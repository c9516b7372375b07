/** Consultations in general practice. */
import type { Column } from "../column.ts";
import { buildColumn } from "./build-column.ts";
import type {
  DateFormatOption,
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
 * | `binary_flag` (default) | 1 if there is a consultation in the period |
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
