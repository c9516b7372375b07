import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { omopColumns, omopKind, omopTableNames } from "../../engine/synthetic/omop/omop-tables.ts";
import type { DuckDb } from "../../engine/duckdb/duckdb.ts";
import type { StudyCodes } from "../../engine/synthetic/study-codes.ts";
import { identifier, joinSql, sql, word } from "../../engine/text/sql.ts";
import { listOf, numberOf } from "./made-database.ts";
import { withOmop } from "./made-omop.ts";

const codes: StudyCodes = {
  groups: {
    snomed: [{ codes: ["195967001", "10509002"], values: null }],
    medication: [{ codes: ["39113611000001102"], values: null }],
    diagnosis: [{ codes: ["I21"], values: null }],
  },
  vaccines: [],
};

/** What the model demands to be there in every row. */
const demanded: Readonly<Record<string, string>> = {
  person: "person_id gender_concept_id year_of_birth race_concept_id ethnicity_concept_id",
  observation_period: omopColumns("observation_period").join(" "),
  visit_detail: "visit_detail_id person_id visit_detail_concept_id visit_detail_start_date",
  visit_occurrence:
    "visit_occurrence_id person_id visit_concept_id visit_start_date visit_end_date visit_type_concept_id",
  condition_occurrence:
    "condition_occurrence_id person_id condition_concept_id condition_start_date condition_type_concept_id",
  procedure_occurrence:
    "procedure_occurrence_id person_id procedure_concept_id procedure_date procedure_type_concept_id",
  observation:
    "observation_id person_id observation_concept_id observation_date observation_type_concept_id",
  measurement:
    "measurement_id person_id measurement_concept_id measurement_date measurement_type_concept_id",
  drug_exposure:
    "drug_exposure_id person_id drug_concept_id drug_exposure_start_date drug_exposure_end_date drug_type_concept_id",
  death: "person_id death_date",
  location: "location_id",
  care_site: "care_site_id",
  cdm_source:
    "cdm_source_name cdm_source_abbreviation cdm_holder source_release_date cdm_release_date cdm_version_concept_id vocabulary_version",
  vocabulary: "vocabulary_id vocabulary_name vocabulary_concept_id",
  concept:
    "concept_id concept_name domain_id vocabulary_id concept_class_id concept_code valid_start_date valid_end_date",
  concept_relationship: "concept_id_1 concept_id_2 relationship_id valid_start_date valid_end_date",
  concept_ancestor: omopColumns("concept_ancestor").join(" "),
};

/** Queries that count rows which do not agree with others, by what they say. */
const disagreeing: Readonly<Record<string, string>> = {
  "a concept twice": "SELECT count(*) - count(DISTINCT concept_id) FROM concept",
  "a code of a vocabulary twice":
    "SELECT count(*) FROM (SELECT 1 FROM concept GROUP BY vocabulary_id, concept_code HAVING count(*) > 1)",
  "a standard concept that maps to another":
    "SELECT count(*) FROM concept c JOIN concept_relationship r ON r.concept_id_1 = c.concept_id AND r.relationship_id = 'Maps to' WHERE c.standard_concept = 'S' AND r.concept_id_2 <> c.concept_id",
  "a concept that maps to one that is not standard":
    "SELECT count(*) FROM concept_relationship r JOIN concept c ON c.concept_id = r.concept_id_2 WHERE r.relationship_id = 'Maps to' AND c.standard_concept IS DISTINCT FROM 'S'",
  "a concept of ours that others may have":
    "SELECT count(*) FROM concept WHERE concept_id < 2000000001 AND vocabulary_id IN ('CTV3', 'ICD10', 'OPCS4', 'dm+d', 'RxNorm Extension')",
  "a visit of somebody else":
    "SELECT count(*) FROM condition_occurrence e JOIN visit_occurrence v USING (visit_occurrence_id) WHERE e.person_id <> v.person_id OR e.condition_start_date <> v.visit_start_date",
  "a visit that is not there":
    "SELECT count(*) FROM (SELECT visit_occurrence_id FROM condition_occurrence UNION ALL SELECT visit_occurrence_id FROM procedure_occurrence) e ANTI JOIN visit_occurrence v USING (visit_occurrence_id) WHERE e.visit_occurrence_id IS NOT NULL",
  "a visit that ends before it begins":
    "SELECT count(*) FROM visit_occurrence WHERE visit_end_date < visit_start_date",
  "periods of one person that overlap or follow each other at once":
    "SELECT count(*) FROM observation_period a JOIN observation_period b ON a.person_id = b.person_id AND a.observation_period_id <> b.observation_period_id AND a.observation_period_start_date <= b.observation_period_start_date AND a.observation_period_end_date + 1 >= b.observation_period_start_date",
  "a standard concept that the source concept does not map to":
    "SELECT count(*) FROM condition_occurrence e LEFT JOIN concept_relationship r ON r.concept_id_1 = e.condition_source_concept_id AND r.relationship_id = 'Maps to' WHERE e.condition_source_concept_id <> 0 AND e.condition_concept_id <> coalesce(r.concept_id_2, 0)",
  "an event in a table of another domain":
    "SELECT count(*) FROM measurement e JOIN concept c ON c.concept_id = e.measurement_concept_id WHERE c.domain_id <> 'Measurement' AND c.concept_id <> 0",
  "somebody who opted out":
    'SELECT count(*) FROM person ANTI JOIN tpp."AllowedPatientsWithTypeOneDissent" a ON a."Patient_ID" = person_id',
};

/** What must be there for a study to meet it. */
const present: Readonly<Record<string, string>> = {
  "codes that map to nothing":
    "SELECT count(*) FROM condition_occurrence WHERE condition_source_concept_id > 0 AND condition_concept_id = 0",
  "codes in no vocabulary":
    "SELECT count(*) FROM condition_occurrence WHERE condition_source_concept_id = 0 AND condition_concept_id = 0",
  "rows whose source concept is lost":
    "SELECT count(*) FROM measurement WHERE measurement_source_concept_id = 0 AND measurement_concept_id > 0",
  "retired concepts with another in their place":
    "SELECT count(*) FROM concept c JOIN concept_relationship r ON r.concept_id_1 = c.concept_id AND relationship_id = 'Maps to' WHERE c.invalid_reason = 'U'",
  "weights without a unit":
    "SELECT count(*) FROM measurement WHERE measurement_concept_id = 3025315 AND unit_concept_id IS NULL",
  "weights in kilograms":
    "SELECT count(*) FROM measurement WHERE measurement_concept_id = 3025315 AND unit_concept_id = 9529 AND value_as_number BETWEEN 20 AND 200",
  "vaccinations without a source concept":
    "SELECT count(*) FROM drug_exposure WHERE drug_source_concept_id IS NULL AND drug_concept_id > 0",
  "primary diagnoses":
    "SELECT count(*) FROM condition_occurrence WHERE condition_status_concept_id = 32903",
  "causes of death": "SELECT count(*) FROM death WHERE cause_source_concept_id > 0",
  "people observed twice":
    "SELECT count(*) FROM (SELECT 1 FROM observation_period GROUP BY person_id HAVING count(*) > 1)",
};

describe("synthetic records as OMOP", () => {
  let end = (): void => undefined;
  let asked: Promise<void> = Promise.resolve();
  let made: DuckDb;

  before(async () => {
    await new Promise<void>((ready) => {
      asked = withOmop({ patients: 400, codes }, async (db) => {
        made = db;
        await new Promise<void>((ended) => {
          end = ended;
          ready();
        });
      });
    });
  });
  after(async () => {
    end();
    await asked;
  });

  it("have what the model demands in every row, and numbers that are there once", async () => {
    for (const table of omopTableNames) {
      const rows = await numberOf(made, sql`SELECT count(*) FROM ${identifier(table)}`);
      // No synthetic stay has parts.
      assert.equal(rows > 0, table !== "visit_detail", table);
      for (const column of (demanded[table] ?? "").split(" ")) {
        const without = sql`SELECT count(*) FROM ${identifier(table)} WHERE ${word(column)} IS NULL`;
        assert.equal(await numberOf(made, without), 0, `${table}.${column}`);
      }
      const id = word(`${table}_id`);
      if (!omopColumns(table).includes(String(id)) || table === "vocabulary") continue;
      const once = sql`SELECT count(DISTINCT ${id}) FROM ${identifier(table)}`;
      assert.equal(await numberOf(made, once), rows, table);
    }
  });

  it("name no concept that is not in their vocabulary", async () => {
    const named = omopTableNames.flatMap((table) =>
      omopColumns(table)
        .filter((column) => omopKind(column) === "concept" && column !== "cdm_version_concept_id")
        .map((column) => sql`SELECT ${word(column)} AS c FROM ${identifier(table)}`),
    );
    const unknown = sql`SELECT DISTINCT c FROM (${joinSql(named, " UNION ALL ")}) ANTI JOIN concept ON concept_id = c WHERE c IS NOT NULL`;
    assert.deepEqual(await listOf(made, unknown), []);
  });

  it("agree with each other", async () => {
    for (const [what, query] of Object.entries(disagreeing))
      assert.equal(await numberOf(made, query), 0, what);
  });

  it("have what records of a site have: gaps, retired codes, and what maps to nothing", async () => {
    for (const [what, query] of Object.entries(present))
      assert.ok((await numberOf(made, query)) > 0, what);
  });

  it("observe on every day whom the same records of TPP have registered", async () => {
    for (const day of ["2014-07-01", "2019-12-31", "2020-01-01", "2023-05-05", "2024-12-31"]) {
      const here = sql`SELECT count(DISTINCT person_id) FROM observation_period WHERE DATE ${day} BETWEEN observation_period_start_date AND observation_period_end_date`;
      const there = sql`SELECT count(DISTINCT "Patient_ID") FROM tpp."RegistrationHistory" SEMI JOIN tpp."AllowedPatientsWithTypeOneDissent" USING ("Patient_ID") WHERE "StartDate" <= DATE ${day} AND "EndDate" > DATE ${day}`;
      const [found, registered] = [await numberOf(made, here), await numberOf(made, there)];
      assert.ok(found > 100);
      assert.equal(found, registered, day);
    }
  });

  it("have every code that a study looks for in the vocabulary, and rows of it", async () => {
    for (const [code, vocabulary] of [
      ["195967001", "SNOMED"],
      ["10509002", "SNOMED"],
      ["39113611000001102", "dm+d"],
      ["I21", "ICD10"],
    ] as const) {
      const query = sql`SELECT count(*) FROM concept c WHERE concept_code = ${code} AND vocabulary_id = ${vocabulary}
        AND EXISTS (SELECT 1 FROM condition_occurrence e WHERE e.condition_source_concept_id = c.concept_id
          UNION ALL SELECT 1 FROM observation o WHERE o.observation_source_concept_id = c.concept_id
          UNION ALL SELECT 1 FROM procedure_occurrence p WHERE p.procedure_source_concept_id = c.concept_id
          UNION ALL SELECT 1 FROM drug_exposure d WHERE d.drug_source_concept_id = c.concept_id)`;
      assert.equal(await numberOf(made, query), 1, code);
    }
  });

  it("are the same for a seed, however many threads made them", async () => {
    const again = await withOmop({ patients: 400, codes, threads: 1 }, contents);
    assert.deepEqual(again, await contents(made));
  });
});

/** What is in each table, whatever the order of its rows. */
function contents(db: DuckDb): Promise<readonly unknown[]> {
  const sums = omopTableNames.map(
    (table) =>
      sql`SELECT ${table} || count(*) || ' ' || sum(hash(t)::HUGEINT)::VARCHAR FROM ${identifier(table)} AS t`,
  );
  return listOf(db, joinSql(sums, " UNION ALL "));
}
