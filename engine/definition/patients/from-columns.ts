/** Values of the record that another column picked. */
import type { Column } from "../column.ts";
import { buildColumn } from "./build-column.ts";
import type {
  DateFormatOption,
  ExpectationsOption,
  LegacyDateFormatOptions,
  Occurrence,
} from "./options.ts";

export interface DateOfOptions
  extends DateFormatOption, LegacyDateFormatOptions, ExpectationsOption<Occurrence> {}

/**
 * The date of the record from which another column has its value; empty where that column found none.
 * It can read columns of clinical events, medications, BMI, decision support values, GP
 * consultations, vaccinations, SGSS tests and COVID-19 therapeutics, and recorded values on their most
 * recent day; not where they count matches of the latter two or episodes.
 *
 * Without a `dateFormat` it shows as much of the date as its source would.
 *
 * @param source The name of the other column.
 * @example
 * bmi: patients.mostRecentBmi({ onOrBefore: "index_date" }),
 * bmi_date: patients.dateOf("bmi", { dateFormat: "YYYY-MM-DD" }),
 */
export function dateOf(source: string, options?: DateOfOptions): Column<"date"> {
  return buildColumn("date_of", [source], options);
}

/**
 * How a laboratory compared the value that another column took: `~`, `=`, `>=`, `>`, `<` or `<=`; ""
 * where nothing is recorded. A value of 5 with `<` means "below 5".
 *
 * @param source The name of a column of `withTheseClinicalEvents` returning `"numeric_value"`.
 * @example hba1c_comparator: patients.comparatorFrom("hba1c")
 */
export function comparatorFrom(
  source: string,
  options?: ExpectationsOption<Occurrence | "category">,
): Column<"str"> {
  return buildColumn("comparator_from", [source], options);
}

/**
 * The lower end of the laboratory's normal range for the value that another column took, in the unit
 * of that value. -1 means that the range has no lower end, 0 that no range is recorded.
 *
 * @param source The name of a column of `withTheseClinicalEvents` returning `"numeric_value"`.
 * @example hba1c_lower: patients.referenceRangeLowerBoundFrom("hba1c")
 */
export function referenceRangeLowerBoundFrom(
  source: string,
  options?: ExpectationsOption<Occurrence | "float">,
): Column<"float"> {
  return buildColumn("reference_range_lower_bound_from", [source], options);
}

/**
 * The upper end of the laboratory's normal range for the value that another column took, in the unit
 * of that value. -1 means that the range has no upper end, 0 that no range is recorded.
 *
 * @param source The name of a column of `withTheseClinicalEvents` returning `"numeric_value"`.
 * @example hba1c_upper: patients.referenceRangeUpperBoundFrom("hba1c")
 */
export function referenceRangeUpperBoundFrom(
  source: string,
  options?: ExpectationsOption<Occurrence | "float">,
): Column<"float"> {
  return buildColumn("reference_range_upper_bound_from", [source], options);
}
