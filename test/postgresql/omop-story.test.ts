import assert from "node:assert/strict";
import { cpSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortline, inWorkspace } from "../commands/workspace.ts";
import { postgresqlUrl } from "./ask-postgresql.ts";
import { inPostgresqlSchema } from "./postgresql-tables.ts";
import type { PostgresqlPlace } from "./postgresql-tables.ts";

const origin = postgresqlUrl();
const skip = origin === null ? "no PostgreSQL answers: test/postgresql/server.sh start" : false;

const EXAMPLE = join(import.meta.dirname, "../../study-definitions/aftershocks");
const DECLARED =
  "layout=omop&columns=practice.stp:location.county,practice.region:location.location_source_value";
const MONTHS = "--index-date-range=2020-01-01 to 2020-02-01 by month";

/** What lies in a folder, by name. */
function filesOf(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder).filter((name) => name.endsWith(".csv"));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

/** How many people have a code of a list recorded in January 2020, by source concept, or by standard one without. */
async function recorded({ connection, schema }: PostgresqlPlace, list: string): Promise<number> {
  const [, ...lines] = readFileSync(join(EXAMPLE, `codelists/${list}.csv`), "utf8").split("\n");
  const codes = lines.map((line) => line.split(",")[0] ?? "").filter((code) => code !== "");
  const own = `SELECT concept_id FROM concept WHERE vocabulary_id = 'SNOMED' AND concept_code IN ('${codes.join("', '")}')`;
  const events = [
    ["condition_occurrence", "condition", "condition_start_date"],
    ["observation", "observation", "observation_date"],
    ["procedure_occurrence", "procedure", "procedure_date"],
    ["measurement", "measurement", "measurement_date"],
  ].map(([table, prefix, day]) => {
    const source = `${prefix}_source_concept_id`;
    return `SELECT person_id FROM ${table} LEFT JOIN concept s ON s.concept_id = ${source}
      WHERE ${day} BETWEEN '2020-01-01' AND '2020-01-31' AND (${source} IN (${own})
        OR (s.vocabulary_id IS DISTINCT FROM 'SNOMED' AND ${prefix}_concept_id <> 0 AND ${prefix}_concept_id IN (
          SELECT concept_id_2 FROM concept_relationship WHERE relationship_id = 'Maps to' AND concept_id_1 IN (${own}))))`;
  });
  const alive = `SELECT 1 FROM observation_period o WHERE o.person_id = e.person_id AND '2020-01-01' BETWEEN observation_period_start_date AND observation_period_end_date`;
  const dead = `SELECT 1 FROM death d WHERE d.person_id = e.person_id AND death_date <= '2020-01-01'`;
  const { rows } = await connection.query(
    `SET search_path = ${schema}; SELECT count(DISTINCT person_id) FROM (${events.join(" UNION ALL ")}) e WHERE EXISTS (${alive}) AND NOT EXISTS (${dead})`,
  );
  return Number(rows[0]?.[0]);
}

describe("a study on synthetic OMOP records in a PostgreSQL", { skip }, () => {
  it("gets the cohorts and measures of the files, which count what the rows say", () =>
    inWorkspace({}, (folder) =>
      inPostgresqlSchema(String(origin), async (place) => {
        for (const part of ["analysis", "codelists", "project.yaml"])
          cpSync(join(EXAMPLE, part), join(folder, part), { recursive: true });
        const ran = async (...words: readonly string[]): Promise<string> => {
          const { code, out, err } = await cohortline(folder, words);
          assert.equal(code, 0, err);
          return out;
        };
        const made = ["--patients=300", "--study-definition=study_definition", "--layout=omop"];
        const results = async (url: string): Promise<Readonly<Record<string, string>>> => {
          await ran("generate_cohort", `--database-url=${url}`, MONTHS);
          await ran("generate_measures");
          renameSync(join(folder, "output"), join(folder, `of-${url.slice(0, 4)}`));
          return filesOf(join(folder, `of-${url.slice(0, 4)}`));
        };
        await ran("generate_dummy_tables", ...made, `--database-url=${place.url}`);
        await ran("generate_dummy_tables", ...made, "--output-file=records");
        const there = await results(`${place.url}&${DECLARED}`);
        assert.deepEqual(there, await results(`duckdb:records?${DECLARED}`));
        const [head = "", ...rows] = (there["input_2020-01-01.csv"] ?? "").trim().split("\n");
        assert.ok(rows.length > 200);
        for (const list of ["stroke", "heart-failure", "pulmonary-embolism"]) {
          const at = head.split(",").indexOf(list.replace("-", "_"));
          const found = rows.filter((row) => row.split(",")[at] === "1").length;
          assert.ok(found > 0, list);
          assert.equal(found, await recorded(place, list), list);
        }
        // A site that never loaded one of the tables says so; otherwise it may have been left out by mistake.
        await place.connection.query(`DROP TABLE ${place.schema}.procedure_occurrence`);
        const without = ["generate_cohort", "--index-date-range=2020-01-01"];
        const url = `--database-url=${place.url}&${DECLARED}`;
        const refused = await cohortline(folder, [...without, url]);
        assert.notEqual(refused.code, 0);
        assert.match(refused.err, /no table "procedure_occurrence".*absent=procedure_occurrence/s);
        await ran(...without, `${url}&absent=procedure_occurrence`);
      }),
    ));
});
