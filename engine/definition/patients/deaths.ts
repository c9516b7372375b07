/** Deaths, as four sources record them. */
import type { Column } from "../column.ts";
import type { Codelist } from "../model.ts";
import { buildColumn } from "./build-column.ts";
import type {
  DateFormatOption,
  ExpectationsOption,
  LegacyDateFormatOptions,
  PeriodOptions,
  ReturningOption,
} from "./options.ts";
import type { Returned, ReturningOf } from "./returned.ts";

export interface DeathOptions<Returning extends string>
  extends ReturningOption<Returning>, PeriodOptions, DateFormatOption, ExpectationsOption {}

export interface LegacyDeathOptions<Returning extends string>
  extends DeathOptions<Returning>, LegacyDateFormatOptions {}

export interface DeathCertificateOptions<
  Returning extends string,
> extends LegacyDeathOptions<Returning> {
  /** Only the underlying cause of death counts, not the fifteen other places of the certificate. */
  matchOnlyUnderlyingCause?: boolean;
}

/**
 * Deaths registered with the Office for National Statistics, of whatever cause.
 *
 * | `returning` | holds |
 * |---|---|
 * | `binary_flag` (default) | 1 if the patient died in the period |
 * | `date_of_death` | the date |
 * | `underlying_cause_of_death` | its ICD-10 code, without a dot: `U071` |
 * | `place_of_death` | Care home, Elsewhere, Home, Hospice, Hospital, Other communal establishment |
 *
 * Patients without a registered death in the period get 0, or "". Where a death is registered twice,
 * the earliest date and the alphabetically first cause and place, each by itself.
 *
 * @example
 * died: patients.diedFromAnyCause({
 *   between: ["index_date", "last_day_of_month(index_date)"],
 *   returning: "date_of_death",
 *   dateFormat: "YYYY-MM-DD",
 * })
 */
export function diedFromAnyCause<
  const Returning extends ReturningOf<"died_from_any_cause"> = "binary_flag",
>(options?: LegacyDeathOptions<Returning>): Column<Returned<"died_from_any_cause", Returning>> {
  return buildColumn("died_from_any_cause", [], options);
}

/**
 * Deaths registered with the Office for National Statistics whose certificate has one of the codes
 * (system `"icd10"`), as underlying cause or anywhere. Codes must be whole: `U07` does not match
 * `U071`.
 *
 * | `returning` | holds |
 * |---|---|
 * | `binary_flag` (default) | 1 if the patient died so in the period |
 * | `date_of_death` | the date |
 * | `underlying_cause_of_death` | its ICD-10 code, which need not be in the codelist |
 * | `place_of_death` | Care home, Elsewhere, Home, Hospice, Hospital, Other communal establishment |
 *
 * Patients without such a death in the period get 0, or "".
 *
 * @example
 * covid_death: patients.withTheseCodesOnDeathCertificate(covid, {
 *   onOrAfter: "index_date",
 *   matchOnlyUnderlyingCause: true,
 * })
 */
export function withTheseCodesOnDeathCertificate<
  const Returning extends ReturningOf<"with_these_codes_on_death_certificate"> = "binary_flag",
>(
  codelist: Codelist,
  options?: DeathCertificateOptions<Returning>,
): Column<Returned<"with_these_codes_on_death_certificate", Returning>> {
  return buildColumn("with_these_codes_on_death_certificate", [codelist], options);
}

/**
 * Deaths notified to the COVID-19 Patient Notification System: patients who died in hospital with
 * COVID-19.
 *
 * | `returning` | holds |
 * |---|---|
 * | `binary_flag` (default) | 1 if there is a notice in the period |
 * | `date_of_death` | the date |
 *
 * Patients without a notice get 0, or "". A patient whose notices give different dates is a fault of
 * the data that stops the run.
 *
 * @example cpns_death: patients.withDeathRecordedInCpns({ onOrAfter: "2020-03-01" })
 */
export function withDeathRecordedInCpns<
  const Returning extends ReturningOf<"with_death_recorded_in_cpns"> = "binary_flag",
>(
  options?: LegacyDeathOptions<Returning>,
): Column<Returned<"with_death_recorded_in_cpns", Returning>> {
  return buildColumn("with_death_recorded_in_cpns", [], options);
}

/**
 * Deaths as general practice records them.
 *
 * | `returning` | holds |
 * |---|---|
 * | `binary_flag` (default) | 1 if the patient died in the period |
 * | `date_of_death` | the date |
 *
 * Patients who are alive, or whose death lies outside the period, get 0, or "".
 *
 * @example dead: patients.withDeathRecordedInPrimaryCare({ onOrBefore: "index_date" })
 */
export function withDeathRecordedInPrimaryCare<
  const Returning extends ReturningOf<"with_death_recorded_in_primary_care"> = "binary_flag",
>(
  options?: DeathOptions<Returning>,
): Column<Returned<"with_death_recorded_in_primary_care", Returning>> {
  return buildColumn("with_death_recorded_in_primary_care", [], options);
}
