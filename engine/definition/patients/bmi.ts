/** Body mass index. */
import type { Column } from "../column.ts";
import { buildColumn } from "./build-column.ts";
import type {
  DateFormatOption,
  ExpectationsOption,
  LegacyDateFormatOptions,
  MeasurementDateOption,
  Occurrence,
  PeriodOptions,
} from "./options.ts";

export interface BmiOptions<Dated extends boolean>
  extends
    PeriodOptions,
    DateFormatOption,
    MeasurementDateOption<Dated>,
    ExpectationsOption<Occurrence | "float">,
    LegacyDateFormatOptions {
  /**
   * Measurements of younger patients do not count: year of measurement less year of birth must be at
   * least this. 16 if not given.
   */
  minimumAgeAtMeasurement?: number;
}

/**
 * The most recent body mass index in kg/m², to one decimal. Reckoned from the latest weight (kg) in
 * the period and the latest height (m) up to its end, which may be older than its beginning; where
 * one of them is missing, the latest BMI recorded as such in the period. Nothing checks whether
 * values are plausible.
 *
 * 0 for patients without a value. Its date, had with {@link dateOf}, is that of the weight, or of the
 * recorded BMI where weight or height is missing.
 *
 * @example
 * bmi: patients.mostRecentBmi({
 *   between: ["index_date - 5 years", "index_date"],
 *   minimumAgeAtMeasurement: 18,
 * })
 */
export function mostRecentBmi<const Dated extends boolean = false>(
  options?: BmiOptions<Dated>,
): Column<"float", Dated extends true ? "date_measured" : never> {
  return buildColumn("most_recent_bmi", [], options);
}
