import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { ProblemError } from "../../engine/base/problems.ts";
import { inScratchFolder } from "../conformance/scratch-folder.ts";
import { checked, events } from "../definition/study-of.ts";
import { problemsOf } from "../table/problem-of.ts";
import { everybody, inDatabase, PATH } from "./in-database.ts";
import { cohortTexts, smallRecords } from "./small-records.ts";

describe("however the work is divided", () => {
  it("the files have the same bytes", (test) =>
    inDatabase(smallRecords(57), async (workspace) => {
      const whole = await cohortTexts(everybody, { workspace });
      assert.equal(whole[0]?.split("\n").length, 59);
      for (const [how, options, evaluate] of [
        ["one patient at once", "patients_at_once=1", "one-pass"],
        ["some patients at once", "patients_at_once=10", "one-pass"],
        ["one thread", "threads=1", "one-pass"],
        ["many threads", "threads=8", "one-pass"],
        ["one index date after the other", "threads=2", "per-date"],
      ] as const) {
        await test.test(how, async () => {
          const divided = await cohortTexts(`${everybody}&${options}`, { workspace, evaluate });
          assert.deepEqual(divided, whole);
        });
      }
    }));

  it("with too little memory the run says so, or is done", () =>
    inDatabase(smallRecords(5000), async (workspace) => {
      const whole = await cohortTexts(everybody, { workspace });
      const tight = await cohortTexts(`${everybody}&memory_limit=4MB`, { workspace }).catch(codes);
      assert.deepEqual(tight, tight[0] === "database-memory" ? ["database-memory"] : whole);
    }));
});

describe("a day beyond the year 9999 that the index date leads to", () => {
  const late = checked({ late: events({ on_or_before: "index_date + 1 year" }) });

  for (const indexDates of [["9999-06-01"], ["2020-01-01", "9999-06-01"]]) {
    it(`stops the run: ${indexDates.join(", ")}`, () =>
      inDatabase(smallRecords(3), async (workspace) => {
        const told = await problemsOf(() =>
          cohortTexts(everybody, { workspace, study: late, indexDates }),
        );
        assert.deepEqual(
          told.map(({ code }) => code),
          ["date-out-of-range"],
        );
      }));
  }
});

describe("a database that changes while it is read", () => {
  it("stops the run before the next cohort", () =>
    inDatabase(smallRecords(3), async (workspace) => {
      const study = checked({ n: events() });
      let cohorts = 0;
      const onCohort = (): void => {
        cohorts++;
        utimesSync(join(workspace, PATH), 1, 1);
      };
      const told = await problemsOf(() => cohortTexts(everybody, { workspace, study, onCohort }));
      assert.deepEqual(
        told.map(({ code }) => code),
        ["database-changed"],
      );
      assert.equal(cohorts, 1);
    }));

  it("stops the run of a folder where a file grows", () =>
    inScratchFolder(async (workspace) => {
      mkdirSync(join(workspace, "files"));
      writeFileSync(join(workspace, "files/Patient.csv"), "Patient_ID,Sex\n1,F\n2,M\n");
      const study = checked({ sex: ["sex"] });
      const onCohort = (): void => {
        appendFileSync(join(workspace, "files/Patient.csv"), "3,F\n");
      };
      const url = "duckdb:files?opensafely_include_t1oo=true";
      const told = await problemsOf(() => cohortTexts(url, { workspace, study, onCohort }));
      assert.deepEqual(
        told.map(({ code }) => code),
        ["database-changed"],
      );
    }));
});

function codes(error: unknown): readonly string[] {
  if (error instanceof ProblemError) return error.problems.map(({ code }) => code);
  throw error;
}
