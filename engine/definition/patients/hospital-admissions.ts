/** Stays in hospital. */
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

type AdmissionReturning = ReturningOf<"admitted_to_hospital">;
type Codes = string | readonly string[] | Codelist;

export interface AdmissionOptions<Returning extends AdmissionReturning>
  extends
    ReturningOption<Returning>,
    PeriodOptions,
    FindOptions,
    DateFormatOption,
    ExpectationsOption {
  /** ICD-10 codes, without dots; a diagnosis anywhere in the stay that begins with one counts. */
  withTheseDiagnoses?: Codelist;
  /** ICD-10 codes, without dots; a primary diagnosis that begins with one counts. */
  withThesePrimaryDiagnoses?: Codelist;
  /** OPCS-4 codes, without dots; a procedure anywhere in the stay that begins with one counts. */
  withTheseProcedures?: Codelist;
  /** How the patient was admitted: `["21", "22", "23"]` are emergencies. */
  withAdmissionMethod?: Codes;
  /** Where the patient came from: `"19"` is the usual residence. */
  withSourceOfAdmission?: Codes;
  /** Where the patient went: `"79"` is death. */
  withDischargeDestination?: Codes;
  /** `"1"` ordinary stay, `"2"` day case, `"3"` regular day, `"4"` regular night, `"5"` mother and baby. */
  withPatientClassification?: Codes;
  /** The specialty that admitted, by treatment function code: `"300"`. */
  withAdmissionTreatmentFunctionCode?: Codes;
  /** Who pays: `"01"` is the NHS. */
  withAdministrativeCategory?: Codes;
  /** Only stays with a day or more in critical care. */
  withAtLeastOneDayInCriticalCare?: boolean;
}

/**
 * Stays in hospital (admitted patient care of SUS), dated by admission. All given conditions must hold
 * for the same stay. The period looks at the day of admission only.
 *
 * | `returning` | holds |
 * |---|---|
 * | `binary_flag` (default) | 1 if there is a stay in the period |
 * | `date_admitted` | the latest admission, or the earliest with `findFirstMatchInPeriod` |
 * | `date_discharged` | the latest or earliest *discharge* of these stays, not of the same stay |
 * | `number_of_matches_in_period` | how many stays |
 * | `primary_diagnosis` | ICD-10 code of the latest or earliest stay |
 * | `admission_method`, `source_of_admission`, `discharge_destination`, `patient_classification`, `admission_treatment_function_code`, `administrative_category` | the code of the latest or earliest stay |
 * | `duration_of_elective_wait` | days waited for it, as text; `0` for patients without a stay |
 * | `days_in_critical_care` | days of it in critical care, as text |
 * | `total_bed_days_in_period` | days in bed, both ends counted, of all stays; of stays that begin on one day the longest |
 * | `total_critical_care_days_in_period` | the same for days in critical care |
 *
 * Patients without a stay get 0, or "". The two totals cannot be combined with a find option. Stays
 * are counted whole, also where they go on after the period.
 *
 * @example
 * covid_admission: patients.admittedToHospital({
 *   withThesePrimaryDiagnoses: covid,
 *   withAdmissionMethod: ["21", "22", "23", "24", "25", "2A", "2B", "2C", "2D", "28"],
 *   onOrAfter: "index_date",
 *   returning: "date_admitted",
 *   dateFormat: "YYYY-MM-DD",
 *   findFirstMatchInPeriod: true,
 * })
 */
export function admittedToHospital<const Returning extends AdmissionReturning = "binary_flag">(
  options?: AdmissionOptions<Returning>,
): Column<Returned<"admitted_to_hospital", Returning>> {
  return buildColumn("admitted_to_hospital", [], options);
}
