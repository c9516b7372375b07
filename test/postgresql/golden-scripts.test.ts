import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { tppTables } from "../../engine/schema/tpp/tpp-tables.ts";
import { goldens, sqlText } from "../golden/golden-plans.ts";
import { postgresqlUrl } from "./ask-postgresql.ts";
import { inPostgresqlSchema, writeTables } from "./postgresql-tables.ts";

const origin = postgresqlUrl();
const skip = origin === null ? "no PostgreSQL answers: test/postgresql/server.sh start" : false;

describe("the script of a study for PostgreSQL", { skip }, () => {
  for (const golden of goldens) {
    it(`is run by a real one as a whole: ${golden.name}`, () =>
      inPostgresqlSchema(String(origin), async (place) => {
        await writeTables(place, tppTables, Object.keys(tppTables), {});
        const { connection, schema } = place;
        await connection.query(`SET search_path = ${schema}`);
        const { fields } = await connection.query(await sqlText(golden, "postgresql"));
        assert.ok(fields.length > 1);
      }));
  }
});
