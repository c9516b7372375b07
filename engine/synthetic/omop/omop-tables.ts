/** Tables of the OMOP common data model 5.4 that hold synthetic records, with all their columns. */
import { identifier, joinSql, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { Columns } from "../insert.ts";

const person = `person_id gender_concept_id year_of_birth month_of_birth day_of_birth birth_datetime race_concept_id
  ethnicity_concept_id location_id provider_id care_site_id person_source_value gender_source_value
  gender_source_concept_id race_source_value race_source_concept_id ethnicity_source_value ethnicity_source_concept_id`;
const visit = `visit_occurrence_id person_id visit_concept_id visit_start_date visit_start_datetime visit_end_date
  visit_end_datetime visit_type_concept_id provider_id care_site_id visit_source_value visit_source_concept_id
  admitted_from_concept_id admitted_from_source_value discharged_to_concept_id discharged_to_source_value
  preceding_visit_occurrence_id`;
const detail = `visit_detail_id person_id visit_detail_concept_id visit_detail_start_date visit_detail_start_datetime
  visit_detail_end_date visit_detail_end_datetime visit_detail_type_concept_id provider_id care_site_id
  visit_detail_source_value visit_detail_source_concept_id admitted_from_concept_id admitted_from_source_value
  discharged_to_source_value discharged_to_concept_id preceding_visit_detail_id parent_visit_detail_id
  visit_occurrence_id`;
const condition = `condition_occurrence_id person_id condition_concept_id condition_start_date condition_start_datetime
  condition_end_date condition_end_datetime condition_type_concept_id condition_status_concept_id stop_reason
  provider_id visit_occurrence_id visit_detail_id condition_source_value condition_source_concept_id
  condition_status_source_value`;
const procedure = `procedure_occurrence_id person_id procedure_concept_id procedure_date procedure_datetime
  procedure_end_date procedure_end_datetime procedure_type_concept_id modifier_concept_id quantity provider_id
  visit_occurrence_id visit_detail_id procedure_source_value procedure_source_concept_id modifier_source_value`;
const observation = `observation_id person_id observation_concept_id observation_date observation_datetime
  observation_type_concept_id value_as_number value_as_string value_as_concept_id qualifier_concept_id unit_concept_id
  provider_id visit_occurrence_id visit_detail_id observation_source_value observation_source_concept_id
  unit_source_value qualifier_source_value value_source_value observation_event_id obs_event_field_concept_id`;
const measurement = `measurement_id person_id measurement_concept_id measurement_date measurement_datetime
  measurement_time measurement_type_concept_id operator_concept_id value_as_number value_as_concept_id unit_concept_id
  range_low range_high provider_id visit_occurrence_id visit_detail_id measurement_source_value
  measurement_source_concept_id unit_source_value unit_source_concept_id value_source_value measurement_event_id
  meas_event_field_concept_id`;
const drug = `drug_exposure_id person_id drug_concept_id drug_exposure_start_date drug_exposure_start_datetime
  drug_exposure_end_date drug_exposure_end_datetime verbatim_end_date drug_type_concept_id stop_reason refills quantity
  days_supply sig route_concept_id lot_number provider_id visit_occurrence_id visit_detail_id drug_source_value
  drug_source_concept_id route_source_value dose_unit_source_value`;

const texts = {
  person,
  observation_period: `observation_period_id person_id observation_period_start_date observation_period_end_date
    period_type_concept_id`,
  visit_occurrence: visit,
  visit_detail: detail,
  condition_occurrence: condition,
  procedure_occurrence: procedure,
  observation,
  measurement,
  drug_exposure: drug,
  death: `person_id death_date death_datetime death_type_concept_id cause_concept_id cause_source_value
    cause_source_concept_id`,
  location: `location_id address_1 address_2 city state zip county location_source_value country_concept_id
    country_source_value latitude longitude`,
  care_site: `care_site_id care_site_name place_of_service_concept_id location_id care_site_source_value
    place_of_service_source_value`,
  cdm_source: `cdm_source_name cdm_source_abbreviation cdm_holder source_description source_documentation_reference
    cdm_etl_reference source_release_date cdm_release_date cdm_version cdm_version_concept_id vocabulary_version`,
  vocabulary: `vocabulary_id vocabulary_name vocabulary_reference vocabulary_version vocabulary_concept_id`,
  concept: `concept_id concept_name domain_id vocabulary_id concept_class_id standard_concept concept_code
    valid_start_date valid_end_date invalid_reason`,
  concept_relationship: `concept_id_1 concept_id_2 relationship_id valid_start_date valid_end_date invalid_reason`,
  concept_ancestor: `ancestor_concept_id descendant_concept_id min_levels_of_separation max_levels_of_separation`,
} as const;

export type OmopTable = keyof typeof texts;

export const omopTableNames = Object.keys(texts) as readonly OmopTable[];

export function omopColumns(table: OmopTable): readonly string[] {
  return texts[table].split(/\s+/);
}

/** Whole numbers that neither are an id nor end in one. */
const WHOLE = /^(year|month|day)_of_birth$|^refills$|^days_supply$|_levels_of_separation$/;
const FRACTIONS = /^(value_as_number|range_low|range_high|quantity|latitude|longitude)$/;
const NAMING = /^(domain|vocabulary|concept_class|relationship)_id$/;
/** Of concepts, which never have more than 32 bits; of rows and people they may. */
const CONCEPT = /concept_id(_[12])?$/;

export type OmopKind = "text" | "whole" | "concept" | "id" | "fraction" | "date" | "datetime";

export function omopKind(column: string): OmopKind {
  if (NAMING.test(column)) return "text";
  if (CONCEPT.test(column)) return "concept";
  if (WHOLE.test(column)) return "whole";
  if (FRACTIONS.test(column)) return "fraction";
  if (column.endsWith("_id")) return "id";
  if (column.endsWith("_datetime")) return "datetime";
  return column.endsWith("_date") ? "date" : "text";
}

const types: { readonly [K in OmopKind]: Sql } = {
  text: sql`VARCHAR`,
  whole: sql`INTEGER`,
  concept: sql`INTEGER`,
  id: sql`BIGINT`,
  fraction: sql`DOUBLE`,
  date: sql`DATE`,
  datetime: sql`TIMESTAMP`,
};

export function createOmopTable(table: OmopTable): Sql {
  const columns = omopColumns(table).map((name) => sql`${word(name)} ${types[omopKind(name)]}`);
  return sql`CREATE TABLE ${identifier(table)} (${joinSql(columns, ", ")})`;
}

/** `from` is what follows FROM. A column that is not named is missing in every row. */
export function insertOmop(table: OmopTable, columns: Columns, from: Sql): Sql {
  const names = omopColumns(table);
  const strange = Object.keys(columns).filter((name) => !names.includes(name));
  if (strange.length > 0) throw new Error(`${table} has no ${strange.join(" ")}`);
  const values = names.map((name) => columns[name] ?? sql`NULL`);
  return sql`INSERT INTO ${identifier(table)} SELECT ${joinSql(values, ", ")} FROM ${from}`;
}
