/** What --skip-existing makes again, because what it was made from is not the same any more. */
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, it } from "node:test";
import { dummy, FILE, oneMonth, study } from "./measured-workspace.ts";
import { cohortline, inWorkspace, start } from "./workspace.ts";

const HOUSE = join(import.meta.dirname, "../..");
const skipping = (words: readonly string[]): readonly string[] => [...words, "--skip-existing"];
const cohort = dummy(30, ...oneMonth("02"));

/** Another version of cohortline, which runs as the command does. */
function otherVersion(folder: string): (words: readonly string[]) => string {
  const place = join(folder, "other");
  mkdirSync(place);
  cpSync(join(HOUSE, "dist"), join(place, "dist"), { recursive: true });
  symlinkSync(join(HOUSE, "node_modules"), join(place, "node_modules"));
  const described = JSON.parse(readFileSync(join(HOUSE, "package.json"), "utf8")) as object;
  writeFileSync(join(place, "package.json"), JSON.stringify({ ...described, version: "99.0.0" }));
  return (words) => {
    const ended = spawnSync(process.execPath, [join(place, "dist/cli.js"), ...words], {
      cwd: join(folder, "study"),
      encoding: "utf8",
      env: { ...process.env, DATABASE_URL: "", XDG_STATE_HOME: folder },
    });
    return ended.stdout + ended.stderr;
  };
}

describe("--skip-existing", () => {
  it("keeps nothing that another version of cohortline made, cohorts or measures", async () => {
    await inWorkspace({ [`study/${FILE}`]: study() }, async (folder) => {
      const here = join(folder, "study");
      await cohortline(here, cohort);
      await cohortline(here, ["generate_measures"]);
      const run = otherVersion(folder);
      assert.match(run(skipping(["generate_measures"])), /Wrote 2 files to output/);
      assert.match(run(skipping(["generate_measures"])), /Wrote 0 files .*kept 2 files/);
      assert.match(run(skipping(cohort)), /^Wrote 1 file /m);
      assert.match(run(skipping(cohort)), /^Wrote 0 files .*kept 1 file/m);
    });
  });

  it("keeps no cohort of a study that says today after that day, and others whatever the day", async () => {
    const later = `const Now = Date;
globalThis.Date = class extends Now {
  constructor(...given) { super(...(given.length === 0 ? [Now.now() + 864e5] : given)); }
  static now() { return Now.now() + 864e5; }
};`;
    const dated = (date: string): string =>
      study(
        undefined,
        `\n    aged: patients.ageAsOf("${date}", { returnExpectations: INTS }),`,
      ).replace(
        "const cohort",
        'const INTS = { rate: "universal", int: { distribution: "population_ages" } } as const;\nconst cohort',
      );
    for (const [date, expected] of [
      ["today", /^Wrote 1 file /m],
      ["index_date", /^Wrote 0 files .*kept 1 file/m],
    ] as const) {
      await inWorkspace({ [FILE]: dated(date), "later.mjs": later }, async (folder) => {
        await cohortline(folder, cohort);
        const tomorrow = { NODE_OPTIONS: `--import ${join(folder, "later.mjs")}` };
        const { out, err } = await start(folder, skipping(cohort), tomorrow).ended;
        assert.match(out, expected, err);
      });
    }
  });

  it("keeps no cohort whose values come from a file that changed", async () => {
    const values = `\n    band: patients.withValueFromFile("values.csv", "band", "str"),`;
    const text = study(undefined, values);
    await inWorkspace({ [FILE]: text, "values.csv": "patient_id,band\n1,a\n" }, async (folder) => {
      const first = await cohortline(folder, cohort);
      assert.match(first.out, /^Wrote 1 file /, first.err);
      assert.match((await cohortline(folder, skipping(cohort))).out, /kept 1 file/);
      writeFileSync(join(folder, "values.csv"), "patient_id,band\n1,b\n");
      assert.match((await cohortline(folder, skipping(cohort))).out, /^Wrote 1 file /);
    });
  });

  it("keeps no measure whose groups are named otherwise since another measure adds them up", async () => {
    const measure = (id: string, numerator: string, group: string): string =>
      `measure(cohort, { id: "${id}", numerator: "${numerator}", denominator: "population", groupBy: "${group}" }),`;
    const flags = measure("flags", "population", "asthma");
    const withMeasures = (all: string): string => study().replace(/^ {2}measure\(.*$/m, all);
    await inWorkspace({ [FILE]: withMeasures(flags) }, async (folder) => {
      await cohortline(folder, cohort);
      const first = await cohortline(folder, ["generate_measures"]);
      const groups = (): readonly string[] =>
        readFileSync(join(folder, "output/measure_flags.csv"), "utf8")
          .split("\n")
          .slice(1, 3)
          .map((row) => row.split(",")[0] ?? "");
      assert.deepEqual(groups(), ["0", "1"], first.err);
      writeFileSync(join(folder, FILE), withMeasures(flags + measure("ill", "asthma", "sex")));
      await cohortline(folder, skipping(["generate_measures"]));
      assert.deepEqual(groups(), ["0.0", "1.0"]);
    });
  });
});
