import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import fc from "fast-check";
import { isoDateOf } from "../../engine/base/dates.ts";
import { ProblemError } from "../../engine/base/problems.ts";
import type { CodelistFound } from "../../engine/backend/backend.ts";
import { connect } from "../../engine/backend/connect.ts";
import type { Evaluate } from "../../engine/backend/database/backend-options.ts";
import { leftOf } from "../../engine/commands/cohorts/attrition-table.ts";
import { attritionSteps } from "../../engine/definition/attrition-steps.ts";
import type { Extraction } from "../conformance/extraction-cases.ts";
import { inScratchFolder } from "../conformance/scratch-folder.ts";
import { writeRecordsDatabase } from "../database/records-database.ts";
import { naiveAttrition } from "../naive/naive-attrition.ts";
import { randomCase } from "./random-case.ts";
import { checked, tellingPopulation } from "./random-study.ts";

const runs = Number(process.env["COHORTLINE_PROPERTY_RUNS"] ?? 6);
const seed = Number(process.env["COHORTLINE_PROPERTY_SEED"] ?? 20200301);

type Lefts = readonly (readonly number[])[];

interface Asked extends Extraction {
  readonly evaluate: Evaluate;
  readonly options: string;
}

/** Patients left at each index date, and beside them the rows of the cohort. */
function fromDatabase(asked: Asked): Promise<{ lefts: Lefts; rows: readonly number[] }> {
  const { study, records, indexDates, today, includeOptedOut, files, evaluate, options } = asked;
  return inScratchFolder(async (workspace) => {
    await writeRecordsDatabase(join(workspace, "records.duckdb"), records);
    const url = `duckdb:records.duckdb?opensafely_include_t1oo=${includeOptedOut}${options}`;
    const readFile = (path: string) => Promise.resolve(Buffer.from(files[path] ?? ""));
    const backend = await connect(url, { workspace, today, readFile, evaluate });
    const steps = attritionSteps(study);
    const [lefts, rows]: [number[][], number[]] = [[], []];
    // Whatever a study asks, its codelists can be looked for.
    const hear = (found: readonly CodelistFound[]): void => {
      for (const { recorded, size } of found) assert.ok(recorded.size <= size);
    };
    try {
      for await (const { batches, attrition } of backend.cohorts(steps.study, indexDates, hear)) {
        let count = 0;
        for await (const batch of batches) count += batch.rows;
        rows.push(count);
        assert.ok(attrition);
        lefts.push([...leftOf(attrition(), steps.conditions.length)]);
      }
    } finally {
      await backend.close();
    }
    return { lefts, rows };
  });
}

async function outcome<T>(of: () => Promise<T> | T): Promise<T | readonly string[]> {
  try {
    return await of();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.problems.map(({ code }) => code);
  }
}

describe("attrition in the embedded database", () => {
  for (const [evaluate, options] of [
    ["one-pass", ""],
    ["per-date", "&patients_at_once=2"],
  ] as const) {
    it(`leaves whom plain loops leave, ends with the rows of the cohort and never grows (${evaluate}${options})`, async () => {
      let compared = 0;
      const holds = fc.asyncProperty(
        randomCase({ who: tellingPopulation }),
        fc.boolean(),
        async (random, includeOptedOut) => {
          const result = checked(random.study);
          assert.ok(result.ok);
          const { study } = result;
          const { records, indexDates, files } = random;
          const asked = {
            study,
            records,
            indexDates,
            today: isoDateOf("2020-05-20"),
            includeOptedOut,
          };
          const readFile = (path: string): string => files[path] ?? "";
          const naive = await outcome(() =>
            indexDates.map((indexDate) => naiveAttrition({ ...asked, indexDate, readFile })),
          );
          const found = await outcome(() => fromDatabase({ ...asked, files, evaluate, options }));
          if (!("lefts" in found)) return;
          assert.deepEqual(found.lefts, naive);
          assert.deepEqual(
            found.lefts.map((left) => left.at(-1)),
            found.rows,
          );
          for (const left of found.lefts)
            assert.deepEqual(
              [...left].sort((a, b) => b - a),
              left,
            );
          compared++;
        },
      );
      await fc.assert(holds, { numRuns: runs, seed });
      assert.ok(compared > runs / 2, "most cases must be compared");
    });
  }
});
