import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { agrees } from "../property/agrees.ts";
import { randomCase } from "../property/random-case.ts";
import { trinoUrl } from "./ask-trino.ts";
import { trinoExtract } from "./trino-extract.ts";

/** Two: each takes the server 14 seconds of CPU, and each member of the dialect is held to its table beside. */
const runs = Number(process.env["COHORTLINE_PROPERTY_RUNS"] ?? 2);
const seed = Number(process.env["COHORTLINE_PROPERTY_SEED"] ?? 20200302);

const url = await trinoUrl();
const why = "no Trino answers: test/trino/server.sh start";

describe("a study in a real Trino", { skip: url === null ? why : false }, () => {
  it("gives at all index dates in one pass what plain loops over the records give", async () => {
    assert.ok(url !== null);
    const holds = fc.asyncProperty(randomCase(), agrees(trinoExtract(url)));
    await fc.assert(holds, { numRuns: runs, seed, endOnFailure: true });
  });
});
