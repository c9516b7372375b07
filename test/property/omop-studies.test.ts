import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { duckDbExtract } from "../database/duckdb-extract.ts";
import { answeredFunctions } from "../omop/omop-reading.ts";
import { agrees, extractionOf } from "./agrees.ts";
import { randomCase } from "./random-case.ts";
import { omopColumns } from "./random-omop-columns.ts";
import { randomOmop } from "./random-omop-records.ts";

/** A few here, many with `npm run test:slow`. */
const runs = Number(process.env["COHORTLINE_PROPERTY_RUNS"] ?? 12);
const seed = Number(process.env["COHORTLINE_PROPERTY_SEED"] ?? 20200303);

const random = randomCase({ columns: omopColumns }, randomOmop);

describe("a study on OMOP records in the embedded database", () => {
  it("gives at all index dates in one pass what plain loops over the records give", async () => {
    const holds = fc.asyncProperty(random, agrees(duckDbExtract("one-pass")));
    await fc.assert(holds, { numRuns: runs, seed, endOnFailure: true });
  });

  it("gives the same one index date after the other, two patients at once", async () => {
    const extract = duckDbExtract("per-date", "&patients_at_once=2");
    const holds = fc.asyncProperty(random, agrees(extract));
    const few = { numRuns: Math.ceil(runs / 4), seed: seed + 1 };
    await fc.assert(holds, { ...few, endOnFailure: true });
  });
});

describe("random studies of OMOP records", () => {
  it("ask for every function that those records answer", () => {
    const asked = fc
      .sample(random, { numRuns: 120, seed })
      .flatMap((each) => extractionOf(each).study.columns.map(({ function: name }) => name));
    assert.deepEqual([...new Set(asked)].sort(), [...answeredFunctions].sort());
  });
});
