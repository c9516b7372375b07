/** Vaccinations, and what their records tell besides. */
import type { Column } from "../column.ts";
import type { Codelist } from "../model.ts";
import { buildColumn } from "./build-column.ts";
import type {
  DateFormatOption,
  ExpectationsOption,
  FindOptions,
  Occurrence,
  PeriodOptions,
  ReturningOption,
} from "./options.ts";
import type { Returned, ReturningOf } from "./returned.ts";

type VaccinationReturning = ReturningOf<"with_tpp_vaccination_record">;

/** Which vaccines: both conditions must hold for the same product. */
export interface VaccineOptions {
  /** What the vaccine is against, such as `"SARS-2 CORONAVIRUS"` or `["MEASLES", "MUMPS"]`. */
  targetDiseaseMatches?: string | readonly string[];
  /** The product's whole name, such as `"COVID-19 Vaccine Vaxzevria"`; several in a list. */
  productNameMatches?: string | readonly string[];
}

interface VaccinationPeriodOptions<Returning extends VaccinationReturning>
  extends
    ReturningOption<Returning>,
    PeriodOptions,
    FindOptions,
    DateFormatOption,
    ExpectationsOption {}

export interface TppVaccinationOptions<Returning extends VaccinationReturning>
  extends VaccineOptions, VaccinationPeriodOptions<Returning> {}

export interface VaccinationOptions<
  Returning extends VaccinationReturning,
> extends VaccinationPeriodOptions<Returning> {
  /** Which vaccines, in the words of TPP databases. */
  tpp: VaccineOptions;
  /** Which vaccines, in the SNOMED CT codes of EMIS databases; with both, each procedure goes with each product. */
  emis?: { readonly procedureCodes?: Codelist; readonly productCodes?: Codelist };
}

/**
 * Vaccinations, for studies that run on databases of several kinds.
 *
 * | `returning` | holds |
 * |---|---|
 * | `binary_flag` (default) | 1 if there is a vaccination in the period |
 * | `date` | the date of the latest, or of the earliest with `findFirstMatchInPeriod` |
 *
 * Patients without one get 0, or "" for the date.
 *
 * @example
 * flu_vaccine: patients.withVaccinationRecord({
 *   tpp: { targetDiseaseMatches: "INFLUENZA" },
 *   onOrAfter: "2020-09-01",
 * })
 */
export function withVaccinationRecord<const Returning extends VaccinationReturning = "binary_flag">(
  options: VaccinationOptions<Returning>,
): Column<Returned<"with_vaccination_record", Returning>> {
  return buildColumn("with_vaccination_record", [], options);
}

/**
 * Vaccinations in TPP databases, by what they protect from or by product. Without either, any
 * vaccination.
 *
 * | `returning` | holds |
 * |---|---|
 * | `binary_flag` (default) | 1 if there is a vaccination in the period |
 * | `date` | the date of the latest, or of the earliest with `findFirstMatchInPeriod` |
 *
 * Patients without one get 0, or "" for the date.
 *
 * @example
 * first_dose: patients.withTppVaccinationRecord({
 *   targetDiseaseMatches: "SARS-2 CORONAVIRUS",
 *   onOrAfter: "2020-12-08",
 *   findFirstMatchInPeriod: true,
 *   returning: "date",
 *   dateFormat: "YYYY-MM-DD",
 * })
 */
export function withTppVaccinationRecord<
  const Returning extends VaccinationReturning = "binary_flag",
>(
  options?: TppVaccinationOptions<Returning>,
): Column<Returned<"with_tpp_vaccination_record", Returning>> {
  return buildColumn("with_tpp_vaccination_record", [], options);
}

export interface HealthcareWorkerOptions
  extends ReturningOption<"binary_flag">, ExpectationsOption<Occurrence | "bool"> {}

/**
 * 1 for patients whose COVID-19 vaccination record says that they work in health care, 0 for others,
 * also for those without a vaccination.
 *
 * @example hcw: patients.withHealthcareWorkerFlagOnCovidVaccineRecord()
 */
export function withHealthcareWorkerFlagOnCovidVaccineRecord(
  options?: HealthcareWorkerOptions,
): Column<"bool"> {
  return buildColumn("with_healthcare_worker_flag_on_covid_vaccine_record", [], options);
}
