import { describe, it } from "node:test";
import fc from "fast-check";
import { duckdb } from "../../engine/sql/dialects/duckdb.ts";
import { rankedPicks } from "../database/clinic.ts";
import { duckDbExtract } from "../database/duckdb-extract.ts";
import { agrees } from "./agrees.ts";
import { randomCase } from "./random-case.ts";

/** A few here, many with `npm run test:slow`. */
const runs = Number(process.env["COHORTLINE_PROPERTY_RUNS"] ?? 15);
const seed = Number(process.env["COHORTLINE_PROPERTY_SEED"] ?? 20200301);

describe("a study in the embedded database", () => {
  it("gives at all index dates in one pass what plain loops over the records give", async () => {
    const holds = fc.asyncProperty(randomCase(), agrees(duckDbExtract("one-pass")));
    await fc.assert(holds, { numRuns: runs, seed });
  });

  it("gives the same one index date after the other", async () => {
    const holds = fc.asyncProperty(randomCase(), agrees(duckDbExtract("per-date")));
    await fc.assert(holds, { numRuns: Math.ceil(runs / 3), seed: seed + 1 });
  });

  it("gives the same with two patients at once and one thread", async () => {
    const bounded = duckDbExtract("one-pass", "&patients_at_once=2&threads=1");
    const holds = fc.asyncProperty(randomCase(), agrees(bounded));
    await fc.assert(holds, { numRuns: Math.ceil(runs / 3), seed: seed + 2 });
  });

  it("gives the same where neither a row nor bits are one value", async () => {
    const dialect = { ...duckdb, bits: null, picks: rankedPicks };
    const holds = fc.asyncProperty(
      randomCase(),
      agrees(duckDbExtract("one-pass", "", { dialect })),
    );
    await fc.assert(holds, { numRuns: Math.ceil(runs / 2), seed: seed + 4 });
  });

  it("gives the same where no statement joins more than two tables", async () => {
    const narrow = { joins: 1, gathered: 2, characters: 100 };
    for (const [evaluate, options] of [
      ["one-pass", ""],
      ["one-pass", "&patients_at_once=2"],
      ["per-date", ""],
    ] as const) {
      const holds = fc.asyncProperty(
        randomCase(),
        agrees(duckDbExtract(evaluate, options, { bounds: narrow })),
      );
      await fc.assert(holds, { numRuns: Math.ceil(runs / 4), seed: seed + 3 });
    }
  });
});
