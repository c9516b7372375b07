/** Coded events and medications. */
import type { Column } from "../column.ts";
import type { Codelist } from "../model.ts";
import { buildColumn } from "./build-column.ts";
import type {
  DateFormatOption,
  DateOfMatchOption,
  ExpectationsOption,
  FindOptions,
  LegacyDateFormatOptions,
  LegacyReturningOptions,
  PeriodOptions,
  ReturningOption,
} from "./options.ts";
import type { Returned, ReturningOf } from "./returned.ts";

type EventReturning = ReturningOf<"with_these_clinical_events">;

export interface ClinicalEventOptions<
  Returning extends EventReturning,
  Dated extends boolean,
  Counted extends boolean,
  FirstOrLast extends boolean,
>
  extends
    ReturningOption<Returning>,
    PeriodOptions,
    FindOptions,
    DateFormatOption,
    DateOfMatchOption<Dated>,
    ExpectationsOption,
    LegacyReturningOptions<Counted, FirstOrLast>,
    LegacyDateFormatOptions {
  /** Leave out events whose value is 0 or missing before one is chosen or any is counted. */
  ignoreMissingValues?: boolean;
  /**
   * Leave out events of days on which the patient also has one of these codes in the period, whatever
   * the time of day.
   */
  ignoreDaysWhereTheseCodesOccur?: Codelist;
  /**
   * With `returning: "number_of_episodes"`: `"series of events each <= 14 days apart"`. An event
   * belongs to an episode if it is at most so many days after the event before it, however long the
   * series grows. Without it, each day with an event is an episode.
   */
  episodeDefinedAs?: `series of events each <= ${number} days apart`;
}

/**
 * Coded events of general practice: diagnoses, symptoms, measurements, anything with a code in the
 * codelist (system `"snomed"` or `"ctv3"`, compared in exact letter case). Dated by consultation.
 *
 * | `returning` | holds |
 * |---|---|
 * | `binary_flag` (default) | 1 if there is an event in the period |
 * | `date` | the date of the latest event, or the earliest with `findFirstMatchInPeriod` |
 * | `number_of_matches_in_period` | how many events, several on one day counted each |
 * | `number_of_episodes` | how many series of events, see `episodeDefinedAs` |
 * | `code` | the code of the latest or earliest event |
 * | `category` | its category, for codelists that have categories |
 * | `numeric_value` | its value, in whatever unit was recorded; 0 if none was |
 *
 * Patients without an event get 0, or "" for dates and text. The date of the chosen event is had with
 * {@link dateOf}, its comparator and normal range with {@link comparatorFrom} and
 * {@link referenceRangeLowerBoundFrom}.
 *
 * @param codelist From `codelistFromCsv` or `codelist`.
 * @example
 * asthma_date: patients.withTheseClinicalEvents(asthma, {
 *   onOrBefore: "index_date",
 *   returning: "date",
 *   findFirstMatchInPeriod: true,
 *   dateFormat: "YYYY-MM-DD",
 * })
 */
export function withTheseClinicalEvents<
  const Returning extends EventReturning = "binary_flag",
  const Dated extends boolean = false,
  const Counted extends boolean = false,
  const FirstOrLast extends boolean = false,
>(
  codelist: Codelist,
  options?: ClinicalEventOptions<Returning, Dated, Counted, FirstOrLast>,
): Column<
  MatchType<"with_these_clinical_events", Returning, Counted, FirstOrLast>,
  Dated extends true ? "date" : never
> {
  return buildColumn("with_these_clinical_events", [codelist], options);
}

type MedicationReturning = ReturningOf<"with_these_medications">;

export interface MedicationOptions<
  Returning extends MedicationReturning,
  Dated extends boolean,
  Counted extends boolean,
  FirstOrLast extends boolean,
>
  extends
    ReturningOption<Returning>,
    PeriodOptions,
    FindOptions,
    DateFormatOption,
    DateOfMatchOption<Dated>,
    ExpectationsOption,
    LegacyReturningOptions<Counted, FirstOrLast>,
    LegacyDateFormatOptions {
  /**
   * Leave out issues of days on which the patient has a *clinical event* with one of these codes in
   * the period, whatever the time of day.
   */
  ignoreDaysWhereTheseClinicalCodesOccur?: Codelist;
  /**
   * With `returning: "number_of_episodes"`: `"series of events each <= 28 days apart"`. An issue
   * belongs to an episode if it is at most so many days after the issue before it, however long the
   * series grows. Without it, each day with an issue is an episode.
   */
  episodeDefinedAs?: `series of events each <= ${number} days apart`;
}

/**
 * Medicines issued by general practice whose dm+d code is in the codelist (system `"snomed"`).
 * Earlier and later codes of the same product count too, so `code` can return one that the list does
 * not have. Dated by consultation.
 *
 * | `returning` | holds |
 * |---|---|
 * | `binary_flag` (default) | 1 if there is an issue in the period |
 * | `date` | the date of the latest issue, or the earliest with `findFirstMatchInPeriod` |
 * | `number_of_matches_in_period` | how many issues, several on one day counted each |
 * | `number_of_episodes` | how many series of issues, see `episodeDefinedAs` |
 * | `code` | the dm+d code of the latest or earliest issue |
 * | `category` | its category, for codelists that have categories |
 *
 * Patients without an issue get 0, or "" for dates and text.
 *
 * @param codelist From `codelistFromCsv` or `codelist`.
 * @example
 * inhalers: patients.withTheseMedications(salbutamol, {
 *   between: ["index_date - 1 year", "index_date"],
 *   returning: "number_of_matches_in_period",
 * })
 */
export function withTheseMedications<
  const Returning extends MedicationReturning = "binary_flag",
  const Dated extends boolean = false,
  const Counted extends boolean = false,
  const FirstOrLast extends boolean = false,
>(
  codelist: Codelist,
  options?: MedicationOptions<Returning, Dated, Counted, FirstOrLast>,
): Column<
  MatchType<"with_these_medications", Returning, Counted, FirstOrLast>,
  Dated extends true ? "date" : never
> {
  return buildColumn("with_these_medications", [codelist], options);
}

/** A legacy flag that is on overrides `returning`, dates after counts. */
type MatchType<
  Name extends "with_these_clinical_events" | "with_these_medications",
  Returning extends ReturningOf<Name>,
  Counted extends boolean,
  FirstOrLast extends boolean,
> = true extends FirstOrLast ? "date" : true extends Counted ? "int" : Returned<Name, Returning>;
