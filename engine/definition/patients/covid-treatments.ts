/** Treatments of COVID-19 outside hospital. */
import type { Column } from "../column.ts";
import type { Codelist } from "../model.ts";
import { buildColumn } from "./build-column.ts";
import type {
  DateFormatOption,
  DateOfMatchOption,
  ExpectationsOption,
  FindOptions,
  PeriodOptions,
  ReturningOption,
} from "./options.ts";
import type { Returned, ReturningOf } from "./returned.ts";

type TherapeuticReturning = ReturningOf<"with_covid_therapeutics">;
type Status = "Approved" | "Treatment Complete" | "Treatment Not Started" | "Treatment Stopped";
type Indication = "hospital_onset" | "hospitalised_with" | "non_hospitalised";

export interface TherapeuticOptions<Returning extends TherapeuticReturning, Dated extends boolean>
  extends
    ReturningOption<Returning>,
    PeriodOptions,
    FindOptions,
    DateFormatOption,
    DateOfMatchOption<Dated>,
    ExpectationsOption {
  /** Only requests in one of these states. */
  withTheseStatuses?: Status | readonly Status[];
  /** Only treatments whose name contains one of these, letter case aside: `"Sotrovimab"`. */
  withTheseTherapeutics?: string | readonly string[] | Codelist;
  /** Only treatments for one of these reasons. */
  withTheseIndications?: Indication | readonly Indication[];
  /**
   * With `returning: "number_of_episodes"`: `"series of events each <= 28 days apart"`. A treatment
   * belongs to an episode if it begins at most so many days after the one before it. Without it, each
   * day with a treatment is an episode.
   */
  episodeDefinedAs?: `series of events each <= ${number} days apart`;
}

/**
 * Antivirals and antibodies against COVID-19 that were asked for on the national form, dated by when
 * treatment began. The latest in the period is taken, or the earliest with `findFirstMatchInPeriod`.
 *
 * | `returning` | holds |
 * |---|---|
 * | `binary_flag` (default) | 1 if there is a treatment in the period |
 * | `date` | the date on which it began |
 * | `therapeutic` | its name; several joined by a comma |
 * | `risk_group` | why the patient was at risk, joined by commas; rare reasons read `other` |
 * | `region` | the NHS region |
 * | `number_of_matches_in_period` | how many |
 * | `number_of_episodes` | how many series of treatments, see `episodeDefinedAs` |
 *
 * Patients without a treatment get 0, or "".
 *
 * @example
 * sotrovimab_date: patients.withCovidTherapeutics({
 *   withTheseTherapeutics: "Sotrovimab",
 *   withTheseIndications: "non_hospitalised",
 *   onOrAfter: "2021-12-16",
 *   returning: "date",
 *   dateFormat: "YYYY-MM-DD",
 *   findFirstMatchInPeriod: true,
 * })
 */
export function withCovidTherapeutics<
  const Returning extends TherapeuticReturning = "binary_flag",
  const Dated extends boolean = false,
>(
  options?: TherapeuticOptions<Returning, Dated>,
): Column<Returned<"with_covid_therapeutics", Returning>, Dated extends true ? "date" : never> {
  return buildColumn("with_covid_therapeutics", [], options);
}
