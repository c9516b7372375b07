/** Intensive care. */
import type { Column } from "../column.ts";
import { buildColumn } from "./build-column.ts";
import type {
  DateFormatOption,
  ExpectationsOption,
  FindOptions,
  LegacyDateFormatOptions,
  PeriodOptions,
  ReturningOption,
} from "./options.ts";
import type { Returned, ReturningOf } from "./returned.ts";

type IntensiveCareReturning = ReturningOf<"admitted_to_icu">;

export interface IntensiveCareOptions<Returning extends IntensiveCareReturning>
  extends
    ReturningOption<Returning>,
    PeriodOptions,
    FindOptions,
    DateFormatOption,
    ExpectationsOption,
    LegacyDateFormatOptions {}

/**
 * Admissions to intensive care reported to ICNARC. The date is the first one recorded for the stay,
 * that of the unit from which a patient was transferred included.
 *
 * | `returning` | holds, over all admissions in the period |
 * |---|---|
 * | `binary_flag` (default) | 1 if there is one |
 * | `date_admitted` | the latest date, or the earliest with `findFirstMatchInPeriod` |
 * | `had_respiratory_support` | 1 if on basic or advanced respiratory support for a day or more |
 * | `had_basic_respiratory_support` | 1 if on basic support |
 * | `had_advanced_respiratory_support` | 1 if on advanced support |
 *
 * Patients without an admission get 0, or "" for the date.
 *
 * @example
 * icu_date: patients.admittedToIcu({
 *   onOrAfter: "index_date",
 *   returning: "date_admitted",
 *   dateFormat: "YYYY-MM-DD",
 *   findFirstMatchInPeriod: true,
 * })
 */
export function admittedToIcu<const Returning extends IntensiveCareReturning = "binary_flag">(
  options?: IntensiveCareOptions<Returning>,
): Column<Returned<"admitted_to_icu", Returning>> {
  return buildColumn("admitted_to_icu", [], options);
}
