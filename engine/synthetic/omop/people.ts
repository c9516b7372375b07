/** Who there is: people, when they were observed, where they live and are registered, and when they died. */
import { sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { LAST_DAY } from "../period.ts";
import { insertOmop } from "./omop-tables.ts";
import { tpp } from "./recorded-codes.ts";
import { VOCABULARY_VERSION } from "./write-vocabulary.ts";

/** Recorded in an electronic health record. */
export const FROM_RECORD = sql`32817`;

/** Numbers of practices' locations come before those of homes. */
const FIRST_HOME = 1_000_000;

/** Who opted out is not in such a database. `work.people`: the ids of those who are. */
export const people = sql`CREATE TABLE work.people AS
  SELECT "Patient_ID" AS id FROM ${tpp("Patient")} SEMI JOIN ${tpp("AllowedPatientsWithTypeOneDissent")} USING ("Patient_ID")`;

/** Rows of people who are in the database; `p` of them. */
export function ofPeople(rows: Sql): Sql {
  return sql`${rows} AS r SEMI JOIN work.people AS p ON p.id = r."Patient_ID"`;
}

/** The last address with a postcode, and the last practice. */
const homes = sql`(SELECT * FROM ${tpp("PatientAddress")} WHERE "AddressType" = 3
  QUALIFY row_number() OVER (PARTITION BY "Patient_ID" ORDER BY "StartDate" DESC, "PatientAddress_ID" DESC) = 1)`;
const practices = sql`(SELECT * FROM ${tpp("RegistrationHistory")}
  QUALIFY row_number() OVER (PARTITION BY "Patient_ID" ORDER BY "StartDate" DESC, "Registration_ID" DESC) = 1)`;

/** The ethnic category that hospitals recorded most often, of several the first. */
const ethnicities = sql`(SELECT "Patient_ID", code FROM (
    SELECT "Patient_ID", left("Ethnic_Group", 1) AS code FROM ${tpp("APCS_ARCHIVED")}
    UNION ALL SELECT "Patient_ID", left("Ethnic_Category", 1) FROM ${tpp("EC_ARCHIVED")}
    UNION ALL SELECT "Patient_ID", left("Ethnic_Category", 1) FROM ${tpp("OPA_ARCHIVED")})
  WHERE code BETWEEN 'A' AND 'S' GROUP BY "Patient_ID", code
  QUALIFY row_number() OVER (PARTITION BY "Patient_ID" ORDER BY count(*) DESC, code) = 1)`;

const race = sql`CASE WHEN e.code IN ('A', 'B', 'C') THEN 8527 WHEN e.code IN ('M', 'N', 'P') THEN 8516
  WHEN e.code IN ('H', 'J', 'K', 'L') THEN 8515 ELSE 0 END`;

const persons = insertOmop(
  "person",
  {
    person_id: sql`r."Patient_ID"`,
    gender_concept_id: sql`CASE r."Sex" WHEN 'M' THEN 8507 WHEN 'F' THEN 8532 ELSE 0 END`,
    year_of_birth: sql`year(r."DateOfBirth")`,
    month_of_birth: sql`month(r."DateOfBirth")`,
    race_concept_id: race,
    ethnicity_concept_id: sql`0`,
    location_id: sql`CASE WHEN h."Patient_ID" IS NOT NULL THEN ${FIRST_HOME} + r."Patient_ID" END`,
    care_site_id: sql`s."Organisation_ID"`,
    person_source_value: sql`r."Patient_ID"::VARCHAR`,
    gender_source_value: sql`r."Sex"`,
    race_source_value: sql`e.code`,
  },
  sql`${tpp("Patient")} AS r SEMI JOIN work.people AS p ON p.id = r."Patient_ID"
    LEFT JOIN ${homes} AS h ON h."Patient_ID" = r."Patient_ID"
    LEFT JOIN ${practices} AS s ON s."Patient_ID" = r."Patient_ID"
    LEFT JOIN ${ethnicities} AS e ON e."Patient_ID" = r."Patient_ID"
    ORDER BY r."Patient_ID"`,
);

/** Registrations that follow each other without a day between are one period. Its last day is included, and never open. */
const periods = insertOmop(
  "observation_period",
  {
    observation_period_id: sql`min(registration)`,
    person_id: sql`person`,
    observation_period_start_date: sql`min(first)`,
    observation_period_end_date: sql`max(last)`,
    period_type_concept_id: FROM_RECORD,
  },
  sql`(SELECT *, sum(fresh) OVER (PARTITION BY person ORDER BY first, registration) AS nr FROM (
      SELECT *, CASE WHEN first <= max(last) OVER (PARTITION BY person ORDER BY first, registration
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) + 1 THEN 0 ELSE 1 END AS fresh
      FROM (SELECT "Patient_ID" AS person, "Registration_ID" AS registration, "StartDate"::DATE AS first,
          least("EndDate"::DATE - 1, DATE ${LAST_DAY}) AS last
        FROM ${ofPeople(tpp("RegistrationHistory"))}) WHERE last >= first))
    GROUP BY person, nr ORDER BY person, nr`,
);

/** The model has no places for small areas and ranks: a site puts them where there is room. */
const locations: readonly Sql[] = [
  insertOmop(
    "location",
    {
      location_id: sql`"Organisation_ID"`,
      zip: sql`"MSOACode"`,
      county: sql`"STPCode"`,
      location_source_value: sql`"Region"`,
    },
    sql`${tpp("Organisation")} ORDER BY ALL`,
  ),
  insertOmop(
    "location",
    {
      location_id: sql`${FIRST_HOME} + "Patient_ID"`,
      address_1: sql`"ImdRankRounded"::VARCHAR`,
      address_2: sql`"RuralUrbanClassificationCode"::VARCHAR`,
      zip: sql`"MSOACode"`,
    },
    sql`${ofPeople(homes)} ORDER BY "Patient_ID"`,
  ),
];

const careSites = insertOmop(
  "care_site",
  {
    care_site_id: sql`"Organisation_ID"`,
    care_site_name: sql`'Practice ' || "Organisation_ID"`,
    location_id: sql`"Organisation_ID"`,
    care_site_source_value: sql`"Organisation_ID"::VARCHAR`,
  },
  sql`${tpp("Organisation")} ORDER BY ALL`,
);

/** The underlying cause of each certificate; of a few deaths there are two. */
const deaths = insertOmop(
  "death",
  {
    person_id: sql`r."Patient_ID"`,
    death_date: sql`r.dod`,
    death_type_concept_id: FROM_RECORD,
    cause_concept_id: sql`coalesce(c.standard, 0)`,
    cause_source_value: sql`r.icd10u`,
    cause_source_concept_id: sql`coalesce(c.source, 0)`,
  },
  sql`${tpp("ONS_Deaths")} AS r SEMI JOIN work.people AS p ON p.id = r."Patient_ID"
    LEFT JOIN work.codes AS c ON c.system = 'icd10' AND c.code = r.icd10u ORDER BY r."Patient_ID", r.dod, r.icd10u`,
);

const source = insertOmop(
  "cdm_source",
  {
    cdm_source_name: sql`'Synthetic records'`,
    cdm_source_abbreviation: sql`'synthetic'`,
    cdm_holder: sql`'nobody'`,
    source_description: sql`'About nobody: made by cohortline generate_dummy_tables'`,
    source_release_date: sql`DATE ${LAST_DAY}`,
    cdm_release_date: sql`DATE ${LAST_DAY}`,
    cdm_version: sql`'v5.4'`,
    cdm_version_concept_id: sql`756265`,
    vocabulary_version: sql`${VOCABULARY_VERSION}`,
  },
  sql`range(1)`,
);

export const peopleStatements: readonly Sql[] = [
  persons,
  periods,
  ...locations,
  careSites,
  deaths,
  source,
];
