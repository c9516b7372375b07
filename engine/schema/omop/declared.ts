/** What a site says of its OMOP database besides what the model tells. */
import type { VocabularySettings } from "../vocabulary-settings.ts";
import { usualBodyMass } from "./body-mass.ts";
import type { DeclaredBodyMass } from "./body-mass.ts";
import type { OmopVersion } from "./omop-tables.ts";

export interface OmopDeclared {
  readonly version: OmopVersion;
  readonly vocabularies: VocabularySettings;
  /** Visits that are consultations in general practice, and outpatient appointments, by their concepts. */
  readonly consultations: readonly number[];
  readonly outpatients: readonly number[];
  /** Columns by what they hold, `practice.region`, as `table.column`. */
  readonly columns: Readonly<Record<string, string>>;
  /** Tables that the site does not have: nothing was recorded in them. */
  readonly absent: readonly string[];
  /** Whether records are complete as long as somebody is registered. */
  readonly historyIsComplete: boolean;
  /** Whether events and medications outside observation periods are left out. */
  readonly isWithinObservation: boolean;
  readonly bodyMass: DeclaredBodyMass;
  readonly deaths: DeclaredDeaths;
  /** Where a site says all this, which is where it is told to say what is missing. */
  readonly saidIn: "url" | "file";
}

export interface DeclaredDeaths {
  /** Types of records that general practice made; without any, whoever recorded a death counts. */
  readonly primaryCareTypes: readonly number[];
  /** Whether the cause of a record is the underlying one. */
  readonly causeIsUnderlying: boolean;
}

export const NOTHING_DECLARED: OmopDeclared = {
  version: "5.4",
  vocabularies: {
    match: "source-then-standard",
    descendants: false,
    descendantsOf: {},
    systems: {},
    allowEmpty: false,
    dataUntil: null,
  },
  consultations: [],
  outpatients: [],
  columns: {},
  absent: [],
  historyIsComplete: false,
  isWithinObservation: false,
  bodyMass: usualBodyMass,
  deaths: { primaryCareTypes: [], causeIsUnderlying: false },
  saidIn: "url",
};

/** Of events. */
export const EVENT_TABLES = [
  "condition_occurrence",
  "measurement",
  "observation",
  "procedure_occurrence",
] as const;

/** What may be declared absent; but not all tables of events: then nothing would be recorded at all. */
export const MAY_BE_ABSENT = [...EVENT_TABLES, "visit_detail"] as const;

export function areAllEvents(absent: readonly string[]): boolean {
  return EVENT_TABLES.every((table) => absent.includes(table));
}

/** What can be declared by a column, and of which tables. */
export const declarable = {
  "practice.region": ["care_site", "location", "person"],
  "practice.stp": ["care_site", "location", "person"],
  "practice.msoa": ["care_site", "location", "person"],
  "address.msoa": ["location", "person"],
  "address.imd": ["location", "person"],
  "address.rural_urban": ["location", "person"],
  ethnicity: ["person"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Declarable = keyof typeof declarable;
