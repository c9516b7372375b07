import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import { omopColumns, omopTableNames } from "../../engine/synthetic/omop/omop-tables.ts";
import { identifier, sql } from "../../engine/text/sql.ts";
import { cohortline, inWorkspace, smallWorkspace } from "../commands/workspace.ts";
import { postgresqlUrl } from "./ask-postgresql.ts";
import { inPostgresqlSchema } from "./postgresql-tables.ts";
import { withReader } from "./roles.ts";

const origin = postgresqlUrl();
const skip = origin === null ? "no PostgreSQL answers: test/postgresql/server.sh start" : false;

const made = ["generate_dummy_tables", "--patients=60", "--events-per-patient=20"];
const omop = [...made, "--study-definition=study_definition", "--layout=omop"];

describe("synthetic records of OMOP in a PostgreSQL", { skip }, () => {
  it("are those of the file for the same seed, and replace others only if told to", () =>
    inWorkspace(smallWorkspace, (folder) =>
      inPostgresqlSchema(String(origin), async ({ url, schema, connection }) => {
        const { out, err, code } = await cohortline(folder, [...omop, `--database-url=${url}`]);
        assert.deepEqual([code, out, err], [0, "Wrote 17 tables.\n", ""]);
        await cohortline(folder, [...omop, "--output-file=records.duckdb"]);
        const db = await openDuckDb({ path: join(folder, "records.duckdb"), readOnly: true });
        for (const table of omopTableNames) {
          const [id = ""] = omopColumns(table);
          const [row] = await db.rows(
            sql`SELECT count(*) || ' ' || min(${identifier(id)}) || ' ' || max(${identifier(id)}) AS told FROM ${identifier(table)}`,
          );
          const { rows } = await connection.query(
            `SELECT count(*) || ' ' || min(${id}) || ' ' || max(${id}) FROM ${schema}.${table}`,
          );
          assert.equal(rows[0]?.[0], row?.["told"], table);
        }
        const measured = `sum(CAST(value_as_number AS decimal(18, 3))) FROM`;
        const there = await connection.query(`SELECT ${measured} ${schema}.measurement`);
        const [here] = await db.rows(
          sql`SELECT sum(CAST(value_as_number AS DECIMAL(18, 3))) AS v FROM measurement`,
        );
        assert.equal(Number(there.rows[0]?.[0]), Number(here?.["v"]));
        db.close();
        const again = await cohortline(folder, [...omop, `--database-url=${url}`]);
        assert.equal(again.code, 2);
        assert.match(
          again.err,
          /has "care_site", .* already \[postgresql-tables-there\]\n.*--force/,
        );
        const forced = await cohortline(folder, [...omop, `--database-url=${url}`, "--force"]);
        assert.equal(forced.code, 0, forced.err);
      }),
    ));

  it("are refused in words where they cannot be written, and then nothing is", () =>
    inWorkspace(smallWorkspace, (folder) =>
      withReader(String(origin), {}, async ({ url, owner }) => {
        const refusals: readonly (readonly [words: readonly string[], told: RegExp])[] = [
          [[`--database-url=${url}`], /let this user make tables .*\[postgresql-write\]\n.*GRANT/],
          [
            [`--database-url=${url.replace(/schema=[^&]*/, "")}`],
            /does not say the one schema .*\[postgresql-schema-none\]/,
          ],
          [["--database-url=duckdb:records.duckdb"], /takes the tables of omop, and a PostgreSQL/],
          [[`--database-url=${url}`, "--output-file=a.duckdb"], /exclude each other/],
        ];
        for (const [words, told] of refusals) {
          const { code, err } = await cohortline(folder, [...made, "--layout=omop", ...words]);
          assert.notEqual(code, 0);
          assert.match(err, told);
          assert.doesNotMatch(err, /:word@/);
        }
        const found = await owner.connection.query(
          `SELECT count(*) FROM pg_class WHERE relname = 'person'`,
        );
        assert.deepEqual(found.rows, [["0"]]);
      }),
    ));
});
