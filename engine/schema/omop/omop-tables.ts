/** Tables of the OMOP common data model, 5.3 and 5.4, as far as functions read them. */
import { columns } from "../physical-table.ts";
import type { PhysicalTables } from "../physical-table.ts";

export const omopVersions = ["5.3", "5.4"] as const;
export type OmopVersion = (typeof omopVersions)[number];

/** Where a stay in hospital began and ended, in the words of the source. */
export const visitPlaces: { readonly [V in OmopVersion]: readonly [from: string, to: string] } = {
  "5.3": ["admitting_source_value", "discharge_to_source_value"],
  "5.4": ["admitted_from_source_value", "discharged_to_source_value"],
};

export function omopTablesOf(version: OmopVersion): PhysicalTables {
  const visits = columns({ ...visitColumns, text: visitPlaces[version].join(" ") });
  return { ...omopTables, visit_occurrence: visits };
}

const visitColumns = {
  long: "visit_occurrence_id person_id",
  int: "visit_concept_id",
  date: "visit_start_date visit_end_date",
  datetime: "visit_start_datetime",
};

/** Those of 5.4. Ids of rows and people may have 64 bits; those of concepts never have more than 32. */
export const omopTables: PhysicalTables = {
  person: columns({
    long: "person_id location_id care_site_id",
    int: "gender_concept_id year_of_birth month_of_birth day_of_birth",
    datetime: "birth_datetime",
    text: "race_source_value ethnicity_source_value",
  }),
  observation_period: columns({
    long: "observation_period_id person_id",
    date: "observation_period_start_date observation_period_end_date",
  }),
  visit_occurrence: columns({ ...visitColumns, text: visitPlaces["5.4"].join(" ") }),
  visit_detail: columns({
    long: "visit_detail_id person_id",
    int: "visit_detail_concept_id",
    date: "visit_detail_start_date",
    datetime: "visit_detail_start_datetime",
  }),
  condition_occurrence: columns({
    long: "condition_occurrence_id person_id visit_occurrence_id",
    int: "condition_concept_id condition_source_concept_id condition_status_concept_id",
    date: "condition_start_date",
    datetime: "condition_start_datetime",
    text: "condition_source_value",
  }),
  measurement: columns({
    long: "measurement_id person_id",
    int: "measurement_concept_id measurement_source_concept_id operator_concept_id unit_concept_id",
    date: "measurement_date",
    datetime: "measurement_datetime",
    real: "value_as_number range_low range_high",
    text: "measurement_source_value unit_source_value",
  }),
  observation: columns({
    long: "observation_id person_id",
    int: "observation_concept_id observation_source_concept_id unit_concept_id",
    date: "observation_date",
    datetime: "observation_datetime",
    real: "value_as_number",
    text: "observation_source_value",
  }),
  procedure_occurrence: columns({
    long: "procedure_occurrence_id person_id visit_occurrence_id",
    int: "procedure_concept_id procedure_source_concept_id",
    date: "procedure_date",
    datetime: "procedure_datetime",
    text: "procedure_source_value",
  }),
  drug_exposure: columns({
    long: "drug_exposure_id person_id",
    int: "drug_concept_id drug_source_concept_id",
    date: "drug_exposure_start_date",
    datetime: "drug_exposure_start_datetime",
    text: "drug_source_value",
  }),
  death: columns({
    long: "person_id",
    int: "cause_concept_id cause_source_concept_id death_type_concept_id",
    date: "death_date",
    text: "cause_source_value",
  }),
  care_site: columns({
    long: "care_site_id location_id",
    text: "care_site_name care_site_source_value",
  }),
  location: columns({
    long: "location_id",
    text: "address_1 address_2 city state zip county location_source_value",
  }),
  cdm_source: columns({ date: "source_release_date", text: "cdm_version vocabulary_version" }),
  concept: columns({
    int: "concept_id",
    text: "vocabulary_id concept_code standard_concept invalid_reason",
  }),
  concept_relationship: columns({
    int: "concept_id_1 concept_id_2",
    text: "relationship_id invalid_reason",
  }),
  concept_ancestor: columns({ int: "ancestor_concept_id descendant_concept_id" }),
};

/** Those of all versions. */
export const everyOmopTable: PhysicalTables = {
  ...omopTables,
  visit_occurrence: {
    ...omopTables["visit_occurrence"],
    ...omopTablesOf("5.3")["visit_occurrence"],
  },
};

/** The table that tells an OMOP database from others. */
export const PERSON = "person";
