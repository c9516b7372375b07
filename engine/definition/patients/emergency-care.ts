/** Emergency departments. */
import type { Column } from "../column.ts";
import type { Codelist } from "../model.ts";
import { buildColumn } from "./build-column.ts";
import type {
  DateFormatOption,
  ExpectationsOption,
  FindOptions,
  PeriodOptions,
  ReturningOption,
} from "./options.ts";
import type { Returned, ReturningOf } from "./returned.ts";

type EmergencyReturning = ReturningOf<"attended_emergency_care">;

export interface EmergencyCareOptions<Returning extends EmergencyReturning>
  extends
    ReturningOption<Returning>,
    PeriodOptions,
    FindOptions,
    DateFormatOption,
    ExpectationsOption {
  /** Only attendances with one of these SNOMED codes among their diagnoses. No categories. */
  withTheseDiagnoses?: readonly string[] | Codelist;
  /** Only attendances that ended in one of these places, by SNOMED code. No categories. */
  dischargedTo?: readonly string[] | Codelist;
}

/**
 * Attendances of emergency departments, dated by arrival. Attendances for which the hospital sent no
 * diagnosis record do not count.
 *
 * | `returning` | holds |
 * |---|---|
 * | `binary_flag` (default) | 1 if there is an attendance in the period |
 * | `date_arrived` | the latest date, or the earliest with `findFirstMatchInPeriod` |
 * | `number_of_matches_in_period` | how many |
 * | `discharge_destination` | SNOMED code of where the patient of the latest or earliest went |
 *
 * Patients without an attendance get 0, or "".
 *
 * @example
 * emergencies: patients.attendedEmergencyCare({
 *   between: ["index_date", "last_day_of_month(index_date)"],
 *   returning: "number_of_matches_in_period",
 * })
 */
export function attendedEmergencyCare<const Returning extends EmergencyReturning = "binary_flag">(
  options?: EmergencyCareOptions<Returning>,
): Column<Returned<"attended_emergency_care", Returning>> {
  return buildColumn("attended_emergency_care", [], options);
}
