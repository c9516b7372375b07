/** Contract tables of records whose codes are texts, for each system that has no table of its own in a known layout. */

const event = {
  event_id: "id",
  code: "code",
  recorded_at: "datetime",
  known_at: "datetime",
  numeric_value: "real",
} as const;

const medication = {
  issue_id: "id",
  code: "text",
  issued_at: "datetime",
  known_at: "datetime",
} as const;

export const systemTables = {
  icd10_events: event,
  icd10cm_events: event,
  opcs4_events: event,
  read2_events: event,
  loinc_events: event,
  rxnorm_medications: medication,
  atc_medications: medication,
} as const;

export type SystemTable = keyof typeof systemTables;

/** For a kind of database that has none of them. */
export const noSystemTables: { readonly [Table in SystemTable]: null } = {
  icd10_events: null,
  icd10cm_events: null,
  opcs4_events: null,
  read2_events: null,
  loinc_events: null,
  rxnorm_medications: null,
  atc_medications: null,
};

/** Those of events and of medications, by the system of a codelist. */
export const eventTables: Readonly<
  Record<string, "ctv3_events" | "snomed_events" | Extract<SystemTable, `${string}_events`>>
> = {
  snomed: "snomed_events",
  ctv3: "ctv3_events",
  icd10: "icd10_events",
  icd10cm: "icd10cm_events",
  opcs4: "opcs4_events",
  read2: "read2_events",
  loinc: "loinc_events",
};

export const medicationTables: Readonly<
  Record<string, "medications" | Extract<SystemTable, `${string}_medications`>>
> = {
  snomed: "medications",
  rxnorm: "rxnorm_medications",
  atc: "atc_medications",
};
