/** Mean, smallest and largest of recorded values. */
import type { Column } from "../column.ts";
import type { Codelist } from "../model.ts";
import { buildColumn } from "./build-column.ts";
import type {
  DateFormatOption,
  ExpectationsOption,
  LegacyDateFormatOptions,
  MeasurementDateOption,
  Occurrence,
  PeriodOptions,
} from "./options.ts";

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
