/** Measurements: their mean and ends, the body mass index, scores of decision support. */
import type { Column } from "../column.ts";
import type { Codelist } from "../model.ts";
import { buildColumn } from "./build-column.ts";
import type {
  DateFormatOption,
  DateOfMatchOption,
  ExpectationsOption,
  FindOptions,
  LegacyDateFormatOptions,
  MeasurementDateOption,
  Occurrence,
  PeriodOptions,
  ReturningOption,
} from "./options.ts";
import type { Returned, ReturningOf } from "./returned.ts";

export interface RecordedValueOptions<Dated extends boolean>
  extends
    PeriodOptions,
    DateFormatOption,
    MeasurementDateOption<Dated>,
    ExpectationsOption<Occurrence | "float"> {
  /**
   * Only the values of the last day in the period that has any; that day is the date. Without it, all
   * values of the period, and then there is no date.
   */
  onMostRecentDayOfMeasurement?: boolean;
}

export interface MeanRecordedValueOptions<Dated extends boolean>
  extends RecordedValueOptions<Dated>, LegacyDateFormatOptions {}

/**
 * The mean of the values recorded with codes of the codelist in the period, unrounded, in whatever
 * units were recorded. Zeros take part, though a record without a value is kept as 0 too. 0 for
 * patients without a record.
 *
 * @example
 * systolic: patients.meanRecordedValue(systolic_codes, {
 *   onMostRecentDayOfMeasurement: true,
 *   onOrBefore: "index_date",
 * })
 */
export function meanRecordedValue<const Dated extends boolean = false>(
  codelist: Codelist,
  options?: MeanRecordedValueOptions<Dated>,
): Column<"float", Dated extends true ? "date_measured" : never> {
  return buildColumn("mean_recorded_value", [codelist], options);
}

/**
 * The smallest of the values recorded with codes of the codelist in the period, in whatever unit was
 * recorded. A record without a value is kept as 0 and takes part, so the smallest is often 0. 0 for
 * patients without a record.
 *
 * @example
 * lowest_egfr: patients.minRecordedValue(egfr_codes, { between: ["index_date - 1 year", "index_date"] })
 */
export function minRecordedValue<const Dated extends boolean = false>(
  codelist: Codelist,
  options?: RecordedValueOptions<Dated>,
): Column<"float", Dated extends true ? "date_measured" : never> {
  return buildColumn("min_recorded_value", [codelist], options);
}

/**
 * The largest of the values recorded with codes of the codelist in the period, in whatever unit was
 * recorded. 0 for patients without a record.
 *
 * @example
 * highest_hba1c: patients.maxRecordedValue(hba1c_codes, { between: ["index_date - 1 year", "index_date"] })
 */
export function maxRecordedValue<const Dated extends boolean = false>(
  codelist: Codelist,
  options?: RecordedValueOptions<Dated>,
): Column<"float", Dated extends true ? "date_measured" : never> {
  return buildColumn("max_recorded_value", [codelist], options);
}

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
 * The most recent body mass index in kg/m², to one decimal. Computed from the latest weight (kg) in
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
 * A score that the practice's system computed by itself. The electronic frailty index is the only one:
 * 0 (fit) to 1, the share of 36 deficits that the patient has. Dated by when it was computed.
 *
 * | `returning` | holds |
 * |---|---|
 * | `numeric_value` (default) | the latest score, or the earliest with `findFirstMatchInPeriod` |
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
