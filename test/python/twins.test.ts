/** The example study in Python and in TypeScript: one meaning, two faces. */
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortline, contentsOf } from "../commands/workspace.ts";

const studies = join(import.meta.dirname, "../../study-definitions");
const names = ["aftershocks", "aftershocks-in-python"] as const;
const text = (name: string, file: string): string =>
  readFileSync(join(studies, name, file), "utf8");

/** All that the commands make in a copy of the study, and its canonical form. */
async function madeBy(name: string) {
  const folder = mkdtempSync(join(tmpdir(), "cohortline-"));
  const dates = ["--index-date-range", "2020-01-01 to 2020-02-01 by month"];
  const commands = [
    ["generate_dummy_tables", "--patients", "150", "--output-file", "records.duckdb"],
    ["generate_cohort", "--expectations-population", "300", ...dates, "--output-dir=dummy"],
    ["generate_measures", "--output-dir=dummy"],
    ["generate_cohort", "--database-url=duckdb:records.duckdb", ...dates, "--output-dir=records"],
    ["generate_measures", "--output-dir=records"],
  ];
  try {
    // Not what the demo leaves in its outputs.
    for (const part of ["analysis", "codelists", "project.yaml"]) {
      cpSync(join(studies, name, part), join(folder, part), { recursive: true });
    }
    const shown = await cohortline(folder, ["dump_study_yaml"]);
    for (const words of commands) {
      const { code, err } = await cohortline(folder, words);
      assert.equal(code, 0, err);
    }
    const files = Object.entries(contentsOf(folder));
    const made = files.filter(([file]) => /\.(?:csv|txt)$/.test(file));
    return { canonical: shown.out, made: Object.fromEntries(made) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("the example study in Python", () => {
  it("has the project.yaml and the codelists of its twin in TypeScript", () => {
    const [one, other] = names;
    assert.equal(text(one, "project.yaml"), text(other, "project.yaml"));
    assert.deepEqual(
      contentsOf(join(studies, one, "codelists")),
      contentsOf(join(studies, other, "codelists")),
    );
  });

  it("makes the bytes of its twin, from dummy data and from records", async () => {
    const [one, other] = [await madeBy(names[0]), await madeBy(names[1])];
    assert.deepEqual(other, one);
    assert.ok(Object.keys(one.made).length > 100);
  });
});
