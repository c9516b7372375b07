/** Outpatient appointments. */
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

type OutpatientReturning = ReturningOf<"outpatient_appointment_date">;

export interface OutpatientOptions<Returning extends OutpatientReturning>
  extends
    ReturningOption<Returning>,
    Omit<PeriodOptions, "onOrBefore">,
    Omit<FindOptions, "findLastMatchInPeriod">,
    DateFormatOption,
    ExpectationsOption {
  /** Only appointments that the patient kept, late arrival included. False asks for nothing. */
  attended?: boolean;
  /** Only first attendances. False asks for nothing. */
  isFirstAttendance?: boolean;
  /** Only these specialties, by treatment function code: `"300"`. */
  withTheseTreatmentFunctionCodes?: string | readonly string[] | Codelist;
  /** OPCS-4 codes, without dots; a primary procedure that contains one counts. */
  withTheseProcedures?: Codelist;
}

/**
 * Outpatient appointments (SUS), dated by appointment, whether kept or not unless `attended` is given.
 * Despite its name the function returns what `returning` says.
 *
 * | `returning` | holds |
 * |---|---|
 * | `binary_flag` (default) | 1 if there is an appointment in the period |
 * | `date` | the latest date, or the earliest with `findFirstMatchInPeriod` |
 * | `number_of_matches_in_period` | how many |
 * | `consultation_medium_used` | code of how the latest or earliest took place: face to face, phone |
 *
 * Patients without an appointment get 0, or "". Dates are shown whole unless `dateFormat` says less.
 * For an end of the period use `between`.
 *
 * @example
 * outpatient_visits: patients.outpatientAppointmentDate({
 *   attended: true,
 *   between: ["index_date", "last_day_of_month(index_date)"],
 *   returning: "number_of_matches_in_period",
 * })
 */
export function outpatientAppointmentDate<
  const Returning extends OutpatientReturning = "binary_flag",
>(
  options?: OutpatientOptions<Returning>,
): Column<Returned<"outpatient_appointment_date", Returning>> {
  return buildColumn("outpatient_appointment_date", [], options);
}
