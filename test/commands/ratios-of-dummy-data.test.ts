import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortline, inWorkspace } from "./workspace.ts";
import type { Files } from "./workspace.ts";

const everybody = 'rate: "universal"';

function studyOf(...columns: readonly string[]): Files {
  const text = `import { codelist, measure, patients, study } from "cohortline";

const cohort = study({
  indexDate: "2020-01-01",
  population: patients.all(),
  columns: {
    ${columns.join("\n    ")}
  },
});
export default cohort;
export const measures = [
  measure(cohort, { id: "by_place", numerator: "all", denominator: "population", groupBy: "place" }),
];
`;
  return { "analysis/study_definition.ts": text };
}

const sex = (name: string, ratios: string) =>
  `${name}: patients.sex({ returnExpectations: { ${everybody}, category: { ratios: ${ratios} } } }),`;
const address = (name: string, returning: string, ratios: string) =>
  `${name}: patients.addressAsOf("index_date", "${returning}", { returnExpectations: { ${everybody}, category: { ratios: ${ratios} } } }),`;

const generate = (format: string) => [
  "generate_cohort",
  "--expectations-population=400",
  "--index-date-range=2020-01-01",
  "--output-format",
  format,
  "--output-dir",
  format,
];

describe("ratios of dummy data", () => {
  it("give a share of nothing, and words of an address, alike in every format", async () => {
    const files = studyOf(
      sex("pairs", '[[null, 0.25], ["M", 0.75]]'),
      sex("unsaid", '[[undefined, 0.25], ["M", 0.75]]'),
      sex("map", 'new Map([[null, 0.25], ["M", 0.75]])'),
      sex("empty", '{ "": 0.25, M: 0.75 }'),
      address("place", "rural_urban_classification", "{ rural: 0.2, urban: 0.8 }"),
      address("rank", "rural_urban_classification", "[[null, 0.25], [5, 0.75]]"),
      "all: patients.fixedValue(1),",
    );
    await inWorkspace(files, async (folder) => {
      const measured = new Set<string>();
      for (const format of ["csv", "feather", "dta"]) {
        const made = await cohortline(folder, generate(format));
        assert.equal(made.code, 0, made.err);
        assert.match(made.err, /study_definition\.ts:11: .*"place".* the ratios name words/);
        const done = await cohortline(folder, ["generate_measures", "--output-dir", format]);
        assert.equal(done.code, 0, done.err);
        measured.add(readFileSync(join(folder, format, "measure_by_place_2020-01-01.csv"), "utf8"));
      }
      assert.equal(measured.size, 1);
      assert.match([...measured].join(), /^rural,\d+\.0,\d+,1\.0\nurban,/m);
      const [, ...rows] = readFileSync(join(folder, "csv/input_2020-01-01.csv"), "utf8")
        .trimEnd()
        .split("\n")
        .map((line) => line.split(","));
      for (const [at, empty] of [1, 2, 3, 4].map((place) => [place, ""] as const)) {
        const share = rows.filter((row) => row[at] === empty).length / 400;
        assert.ok(Math.abs(share - 0.25) < 0.08, `column ${at}: ${share}`);
        assert.ok(rows.every((row) => row[at] === empty || row[at] === "M"));
      }
      assert.ok(rows.every((row) => row[6] === "0" || row[6] === "5"));
    });
  });

  it("that cannot be meant are told with file, line and column, in the author's words", async () => {
    const files = studyOf(
      sex("of_null", "{ [null as never]: 0.5, M: 0.5 }"),
      sex("of_flags", "[[true as never, 0.5], [false as never, 0.5]]"),
      sex("of_texts", '[["M", "half" as never]]'),
      "all: patients.fixedValue(1),",
      sex("place", "{ M: 1 }"),
    );
    await inWorkspace(files, async (folder) => {
      const { code, err } = await cohortline(folder, ["check"]);
      assert.equal(code, 1);
      assert.match(
        err,
        /study_definition\.ts:7: .*"of_null".*the key "null".*\n.*\[\[null, 0\.1\]\]/,
      );
      assert.match(err, /study_definition\.ts:8: .*"of_flags".* must be values and their shares/);
      assert.match(err, /study_definition\.ts:9: .*"of_texts".* must be values and their shares/);
      assert.doesNotMatch(err, /\$pairs|bug/);
    });
  });
});
