/**
 * Contract tables of records whose codes are concepts of vocabularies: each row has the concept of the code as it was
 * recorded, and the standard concept that stands for it.
 */

/** 0 or missing where a code is in no vocabulary, or has no standard concept. */
const coded = {
  source_concept: "int",
  standard_concept: "int",
  /** Of the source concept. */
  source_vocabulary: "code",
  source_text: "code",
  /** Without dots. */
  plain_source_text: "text",
} as const;

export const conceptTables = {
  concept_events: {
    ...coded,
    /** Which kind of event comes first at one time; the id tells apart those of one kind. */
    event_kind: "int",
    event_id: "id",
    recorded_at: "datetime",
    numeric_value: "real",
    /** The concept of the unit; 0 or missing where there is none, or none of a vocabulary. */
    unit: "int",
    /** Missing where the unit is none of weight or height. */
    kilograms: "real",
    metres: "real",
    comparator: "text",
    lower_bound: "real",
    upper_bound: "real",
  },
  concept_medications: { ...coded, issue_id: "id", issued_at: "datetime" },
  concept_deaths: {
    ...coded,
    died_on: "date",
    underlying_cause: "text",
    place: "text",
    /** 1 where general practice recorded it. */
    by_primary_care: "int",
  },
} as const;

export const conceptLookups = {
  visit_diagnoses: { ...coded, visit_id: "id", is_primary: "int" },
  visit_procedures: { ...coded, visit_id: "id" },
  concepts: {
    concept: "int",
    vocabulary: "code",
    code: "code",
    plain_code: "text",
    standing: "text",
    invalid_reason: "text",
  },
  concept_links: {
    from_concept: "int",
    to_concept: "int",
    relation: "text",
    invalid_reason: "text",
  },
  concept_ancestors: { ancestor: "int", descendant: "int" },
  record_sources: { version: "text", vocabulary_version: "text", released_on: "date" },
} as const;

/** For a kind of database that has no vocabularies. */
export const noConceptTables = {
  concept_events: null,
  concept_medications: null,
  concept_deaths: null,
  visit_diagnoses: null,
  visit_procedures: null,
  concepts: null,
  concept_links: null,
  concept_ancestors: null,
  record_sources: null,
} as const satisfies Readonly<
  Record<keyof typeof conceptTables | keyof typeof conceptLookups, null>
>;
