/** ISARIC and the UK Renal Registry. */
import type { Column } from "../column.ts";
import type { DateText } from "../dates/date-text.ts";
import { buildColumn } from "./build-column.ts";
import type { DateFormatOption, ExpectationsOption, PeriodOptions } from "./options.ts";
import type { Returned, ReturningOf } from "./returned.ts";

export interface IsaricOptions extends DateFormatOption, ExpectationsOption {
  /** First and last day of `dateFilterColumn`, both included; `null` leaves that end open. */
  between?: readonly [from: DateText | null, to: DateText | null];
  /** The date that `between` looks at: a date column of ISARIC such as `"assess_or_admit_date"`. */
  dateFilterColumn?: string;
}

/**
 * One column of the ISARIC record of patients admitted with COVID-19, as whole number, decimal, date
 * or text according to the column. Dates are shown whole unless `dateFormat` says less. Patients
 * without a record, and those whose cell is blank or `NA`, get 0, or "".
 *
 * @param returning The name of a column of ISARIC; an unknown one is a problem that names the nearest.
 * @param options `between` and `dateFilterColumn` only together.
 * @example
 * oxygen: patients.withAnIsaricRecord("oxy_vsorres", {
 *   dateFilterColumn: "assess_or_admit_date",
 *   between: ["2020-03-01", "index_date"],
 * })
 */
export function withAnIsaricRecord(returning: string, options?: IsaricOptions): Column {
  return buildColumn("with_an_isaric_record", [returning], options);
}

export type RenalDataset =
  "2019_prevalence" | "2020_prevalence" | "2021_prevalence" | "2020_incidence" | "2020_ckd";

export interface RenalOptions extends PeriodOptions, DateFormatOption, ExpectationsOption {}

/**
 * Patients in one yearly dataset of the UK Renal Registry. A period looks at the day on which renal
 * replacement therapy began and leaves out those without one.
 *
 * | `returning` | holds |
 * |---|---|
 * | `binary_flag` | 1 if the patient is in the dataset |
 * | `renal_centre` | text: the centre's code |
 * | `rrt_start_date` | the day on which replacement therapy began |
 * | `treatment_modality_start` | `ICHD`, `HHD`, `HD`, `PD` or `Tx` (transplant) at the beginning |
 * | `treatment_modality_prevalence` | the same at the end of the dataset's year |
 * | `latest_creatinine` | latest creatinine in µmol/L |
 * | `latest_egfr` | latest eGFR (CKD-EPI) in mL/min/1.73 m² |
 *
 * Patients who are not in the dataset get 0, or "".
 *
 * @example dialysis: patients.withRecordInUkrr("2020_prevalence", "treatment_modality_prevalence")
 */
export function withRecordInUkrr<const Returning extends ReturningOf<"with_record_in_ukrr">>(
  fromDataset: RenalDataset,
  returning: Returning,
  options?: RenalOptions,
): Column<Returned<"with_record_in_ukrr", Returning>> {
  return buildColumn("with_record_in_ukrr", [fromDataset, returning], options);
}
