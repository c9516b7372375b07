import { describe, it } from "node:test";
import fc from "fast-check";
import { agrees } from "../property/agrees.ts";
import { randomCase } from "../property/random-case.ts";
import { omopColumns } from "../property/random-omop-columns.ts";
import { randomOmop } from "../property/random-omop-records.ts";
import { postgresqlUrl } from "./ask-postgresql.ts";
import { postgresqlExtract } from "./postgresql-extract.ts";

/** A few: each takes the server a tenth of a second. */
const runs = Number(process.env["COHORTLINE_PROPERTY_RUNS"] ?? 15);
const seed = Number(process.env["COHORTLINE_PROPERTY_SEED"] ?? 20200302);

const url = postgresqlUrl();
const skip = url === null ? "no PostgreSQL answers: test/postgresql/server.sh start" : false;

describe("a study in a real PostgreSQL", { skip }, () => {
  const told = "at all index dates in one pass what plain loops over the records give";

  it(`gives ${told}`, async () => {
    const holds = fc.asyncProperty(randomCase(), agrees(postgresqlExtract(String(url))));
    await fc.assert(holds, { numRuns: runs, seed, endOnFailure: true });
  });

  it(`gives ${told}, in the tables of OMOP`, async () => {
    const random = randomCase({ columns: omopColumns }, randomOmop);
    const holds = fc.asyncProperty(random, agrees(postgresqlExtract(String(url))));
    await fc.assert(holds, { numRuns: Math.ceil(runs / 2), seed, endOnFailure: true });
  });
});
