import { describe, it } from "node:test";
import fc from "fast-check";
import { isoDateOf } from "../../engine/base/dates.ts";
import { tppTables } from "../../engine/schema/tpp/tpp-tables.ts";
import { agrees, asked, backendOf, TODAY } from "../property/measures-agree.ts";
import type { Where } from "../property/measures-agree.ts";
import { tablesFor } from "../trino/trino-extract.ts";
import { postgresqlUrl } from "./ask-postgresql.ts";
import { inPostgresqlSchema, writeTables } from "./postgresql-tables.ts";

const runs = Number(process.env["COHORTLINE_PROPERTY_RUNS"] ?? 6);
const seed = Number(process.env["COHORTLINE_PROPERTY_SEED"] ?? 20200304);

const origin = postgresqlUrl();
const skip = origin === null ? "no PostgreSQL answers: test/postgresql/server.sh start" : false;

const inPostgresql: Where = (given, folder, options, act) =>
  inPostgresqlSchema(String(origin), async (place) => {
    const { records, checkedStudy: study, indexDates } = given;
    const today = isoDateOf(TODAY);
    const names = tablesFor({ study, records, indexDates, today });
    await writeTables(place, tppTables, names, records);
    const url = `${place.url}${options.replace("?", "&")}`;
    await act((crossed) => backendOf(url, { folder, given, crossed }));
  });

describe("measures that a real PostgreSQL counts", { skip }, () => {
  for (const options of ["", "?patients_at_once=4"]) {
    it(`are those of cohort files byte for byte, and nothing but groups leaves it ${options}`, async () => {
      const holds = fc.asyncProperty(asked, agrees(options, inPostgresql));
      await fc.assert(holds, { numRuns: runs, seed, endOnFailure: true });
    });
  }
});
