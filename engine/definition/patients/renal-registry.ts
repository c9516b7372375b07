/** Patients with kidney failure. */
import type { Column } from "../column.ts";
import { buildColumn } from "./build-column.ts";
import type { DateFormatOption, ExpectationsOption, PeriodOptions } from "./options.ts";
import type { Returned, ReturningOf } from "./returned.ts";

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
