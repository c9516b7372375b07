import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { isoDateOf } from "../../engine/base/dates.ts";
import { tppTables } from "../../engine/schema/tpp/tpp-tables.ts";
import { agrees, asked, backendOf, TODAY } from "../property/measures-agree.ts";
import type { Where } from "../property/measures-agree.ts";
import { trinoUrl } from "./ask-trino.ts";
import { tablesFor } from "./trino-extract.ts";
import { inTrinoSchema, writeTables } from "./trino-tables.ts";

/** One of each: it takes the server 15 seconds of CPU. */
const runs = Number(process.env["COHORTLINE_PROPERTY_RUNS"] ?? 1);
const seed = Number(process.env["COHORTLINE_PROPERTY_SEED"] ?? 20200304);

const origin = await trinoUrl();
const skip = origin === null ? "no Trino answers: test/trino/server.sh start" : false;

const inTrino: Where = async (given, folder, options, act) => {
  assert.ok(origin !== null);
  await inTrinoSchema(origin, async (place) => {
    const { records, checkedStudy: study, indexDates } = given;
    const today = isoDateOf(TODAY);
    const names = tablesFor({ study, records, indexDates, today });
    await writeTables(place, tppTables, names, records);
    await act((crossed) => backendOf(`${place.url}${options}`, { folder, given, crossed }));
  });
};

describe("measures that a real Trino counts", { skip }, () => {
  for (const [at, options] of ["", "?patients_at_once=4"].entries()) {
    it(`are those of cohort files byte for byte, and nothing but groups leaves it ${options}`, async () => {
      const holds = fc.asyncProperty(asked, agrees(options, inTrino));
      await fc.assert(holds, { numRuns: runs, seed: seed + at, endOnFailure: true });
    });
  }
});
