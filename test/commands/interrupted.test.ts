import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { cohortline, inWorkspace, smallWorkspace, start } from "./workspace.ts";

const manyPatients = [
  "generate_cohort",
  "--expectations-population=100000",
  "--index-date-range=2020-01-01 to 2023-12-01 by month",
  "--verbose",
];

const MONTHS = 24;
const measureAll = ["generate_measures", "--workers=2", "--verbose"];

const made = mkdtempSync(join(tmpdir(), "cohortline-made-"));
after(() => {
  rmSync(made, { recursive: true, force: true });
});

/** Cohort files that take a while to measure, made once. */
async function withCohorts(act: (folder: string) => Promise<void>): Promise<void> {
  await inWorkspace(smallWorkspace, async (folder) => {
    if (!existsSync(join(made, "output"))) {
      const months = "--index-date-range=2020-01-01 to 2021-12-01 by month";
      const dummy = ["generate_cohort", "--expectations-population=100000", months];
      assert.equal((await cohortline(folder, dummy)).code, 0);
      cpSync(folder, made, { recursive: true });
    }
    cpSync(made, folder, { recursive: true });
    await act(folder);
  });
}

/** One for each measure file of a date. */
function measuredDates(folder: string): readonly string[] {
  return readdirSync(join(folder, "output")).flatMap((name) => {
    const date = /^measure_.*_(\d{4}-\d{2}-\d{2})\.csv$/.exec(name)?.[1];
    return date === undefined ? [] : [date];
  });
}

describe("a person who presses Ctrl-C", () => {
  it("keeps the finished files, finds no other, and is told how to go on", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      const { process: child, ended } = start(folder, manyPatients);
      // The first finished file is the sign that the run is under way.
      child.stderr?.on("data", (text: Buffer) => {
        if (!child.killed && text.toString().includes("wrote")) child.kill("SIGINT");
      });
      const { code, err } = await ended;
      assert.equal(code, 130, err);
      assert.match(err, /Interrupted; \d+ finished files? (is|are) kept/);
      assert.match(err, /--skip-existing/);
      const names = readdirSync(join(folder, "output"));
      const written = [...err.matchAll(/^wrote (\S+)/gm)].map(([, name]) => name);
      assert.ok(written.length > 0 && written.length < 48, `${written.length} files`);
      assert.deepEqual(names.sort(), ["cohortline.manifest.json", ...written].sort());
    });
  });

  it("has the cohort files in hand measured to the end, and no other begun", () =>
    withCohorts(async (folder) => {
      const { process: child, ended } = start(folder, measureAll);
      child.stderr?.once("data", () => child.kill("SIGINT"));
      const { code, err } = await ended;
      assert.equal(code, 130, err);
      assert.match(err, /Interrupted; \d+ finished files are kept/);
      const dates = measuredDates(folder);
      const of = (date: string) => dates.filter((each) => each === date).length;
      assert.ok(dates.length > 0 && dates.length < 2 * MONTHS, `${dates.length} files`);
      for (const date of dates) assert.equal(of(date), 2, `both measures of ${date}`);
    }));

  it("stops at once the second time, and what is there is whole", () =>
    withCohorts(async (folder) => {
      const { process: child, ended } = start(folder, measureAll);
      let again: NodeJS.Timeout | undefined;
      child.stderr?.on("data", (text: Buffer) => {
        if (!text.toString().includes("wrote")) return;
        again ??= setInterval(() => child.kill("SIGINT"), 5);
      });
      const { signal, err } = await ended;
      clearInterval(again);
      // A shell tells it as 130.
      assert.equal(signal, "SIGINT", err);
      assert.doesNotMatch(err, /Interrupted; /, "nothing was waited for");
      const rest = await cohortline(folder, ["generate_measures", "--skip-existing"]);
      assert.equal(rest.code, 0, rest.err);
      const names = readdirSync(join(folder, "output"));
      assert.deepEqual(
        names.filter((name) => name.endsWith(".partial")),
        [],
      );
      assert.equal(measuredDates(folder).length, 2 * MONTHS);
    }));
});
