/** What a project or a disk puts in the place of the engine's own records, through the real command. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { alone, cohortline, inWorkspace, smallWorkspace } from "../commands/workspace.ts";
import type { Ended } from "../commands/workspace.ts";

const make = ["generate_cohort", "--expectations-population", "20", "--output-dir", "output"];
const measure = ["generate_measures", "--output-dir", "output"];
const NAME = "cohortline.manifest.json";

/** Ended in time with a problem, and no fault of ours. */
function refused({ code, err }: Ended, problem: RegExp): void {
  assert.equal(code, 1, err);
  assert.match(err, problem);
  assert.doesNotMatch(err, /\n {4}at /);
}

describe("a manifest that is no ordinary file", () => {
  const ways: readonly (readonly [string, (path: string, precious: string) => void, RegExp])[] = [
    ["a pipe", (path) => execFileSync("mkfifo", [path]), /\[file-not-plain\]/],
    [
      "a folder",
      (path) => {
        mkdirSync(path);
      },
      /\[file-is-a-folder\]/,
    ],
    [
      "a link",
      (path, precious) => {
        symlinkSync(precious, path);
      },
      /\[file-is-a-link\]/,
    ],
    [
      "endless",
      (path) => {
        writeFileSync(path, "");
        truncateSync(path, 3 * 2 ** 30);
      },
      /\[file-too-large\]/,
    ],
  ];
  it("is named before anything is made, and neither waited for nor written through", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      const [manifest, precious] = [join(folder, "output", NAME), join(folder, "precious.json")];
      writeFileSync(precious, '{"files": {}, "manifest": 1}');
      for (const [what, put, problem] of ways) {
        rmSync(join(folder, "output"), { recursive: true, force: true });
        mkdirSync(join(folder, "output"));
        put(manifest, precious);
        const ended = await alone(folder, make);
        refused(ended, problem);
        assert.ok(ended.err.includes(NAME), what);
        assert.equal(readFileSync(precious, "utf8"), '{"files": {}, "manifest": 1}', what);
      }
    });
  });
});

describe("a manifest that is damaged", () => {
  const entry = { fingerprint: "a", rows: 1, bytes: 2, sha256: "b" };
  const facts = {
    ...{ id: "a", groups: ["sex"], numerator: "x", denominator: "y" },
    ...{ threshold: null, rounding: null },
  };
  const of = (files: unknown): string => JSON.stringify({ manifest: 1, files });
  const texts: readonly (readonly [string, RegExp])[] = [
    ['{"manifest": 1, "fil', /: it is not JSON/],
    ["[]", /: it is no JSON object/],
    ['{"manifest": 2, "files": {}}', /: its "manifest" is not 1/],
    ['{"manifest": 1, "files": []}', /: its "files" is no JSON object/],
    [of({ "a.csv": null }), /: the entry of "a\.csv" is no JSON object/],
    [of({ "a.csv": { ...entry, rows: "3" } }), /: rows of "a\.csv" is no whole number/],
    [of({ "a.csv": { ...entry, sha256: [] } }), /: sha256 of "a\.csv" is no text/],
    [of({ "a.csv": { ...entry, study: 3 } }), /: study of "a\.csv" is no text/],
    ...[
      { ...facts, threshold: "5" },
      { ...facts, groups: [1] },
      { ...facts, rounding: { to: 0 } },
      { ...facts, rounding: "none" },
      { id: "a" },
      null,
    ].map((odd): readonly [string, RegExp] => [
      of({ "a.csv": { ...entry, measure: odd } }),
      /: measure of "a\.csv" is no description of a measure/,
    ]),
    ...[
      { release: 5, codelists: [] },
      { release: null },
      { release: null, codelists: [{ name: "a", system: "snomed", vocabularies: ["SNOMED"] }] },
      null,
    ].map((odd): readonly [string, RegExp] => [
      of({ "a.csv": { ...entry, vocabulary: odd } }),
      /: vocabulary of "a\.csv" is no description of a vocabulary/,
    ]),
    [of({ "measure_a/../../x.csv": entry }), /: "measure_a\/\.\.\/\.\.\/x\.csv" is no file name/],
  ];
  it("is a problem that names file and field, and stays as it was", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      assert.equal((await cohortline(folder, make)).code, 0);
      const manifest = join(folder, "output", NAME);
      for (const [text, problem] of texts) {
        writeFileSync(manifest, text);
        const ended = await cohortline(folder, measure);
        refused(ended, problem);
        assert.match(ended.err, /\[bad-manifest\]/);
        assert.equal(readFileSync(manifest, "utf8"), text);
      }
    });
  });
});
