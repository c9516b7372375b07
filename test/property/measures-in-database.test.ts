import { describe, it } from "node:test";
import fc from "fast-check";
import { agrees, asked } from "./measures-agree.ts";

const runs = Number(process.env["COHORTLINE_PROPERTY_RUNS"] ?? 15);
const seed = Number(process.env["COHORTLINE_PROPERTY_SEED"] ?? 20200302);

describe("measures that a database counts", () => {
  it("are those of cohort files byte for byte, and nothing but groups leaves the database", async () => {
    await fc.assert(fc.asyncProperty(asked, agrees("")), { numRuns: runs, seed });
  });

  it("are the same with two patients at once, and with opted-out patients", async () => {
    for (const options of ["?patients_at_once=2", "?opensafely_include_t1oo=true"]) {
      const holds = fc.asyncProperty(asked, agrees(options));
      await fc.assert(holds, { numRuns: Math.ceil(runs / 2), seed: seed + 1 });
    }
  });
});
