/** What a site says of its OMOP database besides what the model tells. */
import type { VocabularySettings } from "../vocabulary-settings.ts";

export interface OmopDeclared {
  readonly vocabularies: VocabularySettings;
  /** Visits that are consultations in general practice, and outpatient appointments, by their concepts. */
  readonly consultations: readonly number[];
  readonly outpatients: readonly number[];
  /** Columns by what they hold, `practice.region`, as `table.column`. */
  readonly columns: Readonly<Record<string, string>>;
  /** Tables of events that the site does not have: nothing was recorded in them. */
  readonly absent: readonly string[];
  /** Whether records are complete as long as somebody is registered. */
  readonly historyIsComplete: boolean;
}

export const NOTHING_DECLARED: OmopDeclared = {
  vocabularies: {
    match: "source-then-standard",
    descendants: false,
    systems: {},
    allowEmpty: false,
    dataUntil: null,
  },
  consultations: [],
  outpatients: [],
  columns: {},
  absent: [],
  historyIsComplete: false,
};

/** What may be declared absent. */
export const EVENT_TABLES = [
  "condition_occurrence",
  "measurement",
  "observation",
  "procedure_occurrence",
] as const;

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
