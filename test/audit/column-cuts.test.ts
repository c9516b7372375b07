/** What the manifest says of groups that cut one question, against the cohort that the engine made by the same study. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { ColumnCut } from "../../engine/measures/column-cut.ts";
import type { PublishedFacts } from "../../engine/measures/published-facts.ts";
import type { ValueSet } from "../../engine/measures/value-set.ts";
import { dummy } from "../commands/measured-workspace.ts";
import { cohortline, inWorkspace } from "../commands/workspace.ts";

/** By column: its conditions as an author writes them, and the column whose answers it cuts; null where none is understood. */
const columns: Readonly<Record<string, readonly [categories: string, of: string | null]>> = {
  bands: [`"0-15": "age < 16", "16-29": "age >= 16 AND age < 30", "30+": "DEFAULT"`, "age"],
  default_first: [`"rest": "DEFAULT", "old": "age > 64", "young": "age <= 17"`, "age"],
  order_decides: [`"a": "age > 20", "b": "age > 10", "c": "DEFAULT"`, "age"],
  gaps: [`"x": "age = 7 OR age = 9 OR (age > 40 AND NOT age >= 50)", "": "DEFAULT"`, "age"],
  one_label_twice: [
    `[["a", "age < 5"], ["b", "age < 30"], ["a", "age > 60"], ["b", "DEFAULT"]]`,
    "age",
  ],
  turned: [`"low": "18 > age", "high": "64.5 <= age", "mid": "DEFAULT"`, "age"],
  calculated: [`"low": "age < 100*1/5", "high": "age >= 2*30", "mid": "DEFAULT"`, "age"],
  known: [`"yes": "age", "no": "DEFAULT"`, "age"],
  never: [`"nobody": "age < 3 AND age > 3", "some": "1 > 0", "rest": "DEFAULT"`, "age"],
  of_bands: [
    `"minor": "bands = '0-15'", "adult": "bands != '0-15' AND bands != ''", "x": "DEFAULT"`,
    "age",
  ],
  of_both: [`"young": "bands = '0-15' OR age = 16", "rest": "DEFAULT"`, "age"],
  numbers: [`[[1, "age < 50"], [2, "DEFAULT"]]`, "age"],
  of_numbers: [`"one": "numbers < 2", "two": "DEFAULT"`, "age"],
  flag_of_age: [`[[1, "age >= 40"], [0, "DEFAULT"]]`, "age"],
  of_flag: [`"old": "flag_of_age", "young": "DEFAULT"`, "age"],
  parts: [
    `"N": "region = 'north'", "S": "region = 'SOUTH' OR region = 'East'", "": "DEFAULT"`,
    "region",
  ],
  not_north: [`"other": "region != 'North'", "north": "DEFAULT"`, "region"],
  recorded: [`"yes": "region", "no": "DEFAULT"`, "region"],
  two_questions: [`"a": "age < 40 AND region = 'North'", "b": "DEFAULT"`, null],
  rough: [`"a": "age < 0.1*30", "b": "DEFAULT"`, null],
  shifted: [`"a": "age + 1 < 40", "b": "DEFAULT"`, null],
  of_two_questions: [`"a": "two_questions = 'a'", "b": "DEFAULT"`, "two_questions"],
  ordered_texts: [`"a": "region < 'M'", "b": "DEFAULT"`, null],
};

const study = `
import { codelist, measure, patients, study } from "cohortline";
const universal = { rate: "universal" } as const;
const cohort = study({
  indexDate: "2020-01-01",
  dummyData: "derived",
  population: patients.all(),
  columns: {
    age: patients.ageAsOf("index_date", { returnExpectations: { ...universal, int: { distribution: "population_ages" } } }),
    region: patients.registeredPracticeAsOf("index_date", "nuts1_region_name", {
      returnExpectations: { ...universal, category: { ratios: { North: 0.3, South: 0.2, East: 0.2, "": 0.3 } } } }),
    ill: patients.withTheseClinicalEvents(codelist(["195967001"], "snomed"), { onOrBefore: "index_date", returnExpectations: { incidence: 0.5 } }),
    ${Object.entries(columns)
      .map(
        ([name, [categories]]) =>
          `${name}: patients.categorisedAs(${categories.startsWith("[") ? categories : `{ ${categories} }`}),`,
      )
      .join("\n    ")}
  },
});
export default cohort;
export const measures = ${JSON.stringify(Object.keys(columns))}.map((name) =>
  measure(cohort, { id: name, numerator: "ill", denominator: "population", groupBy: name, smallNumberSuppression: false }));
`;

/** By its definition alone: whether so many turns have been passed by a number that it is in. */
function isIn(set: ValueSet, value: string): boolean {
  if (set.kind === "texts") return set.listed.includes(value.toLowerCase()) !== set.others;
  const number = Number(value);
  const passed = set.turns.filter(([at, after]) => number > at || (number === at && after === 0));
  return set.low !== (passed.length % 2 === 1);
}

function labelsOf({ labels }: ColumnCut, value: string): readonly string[] {
  return (labels ?? []).filter(({ values }) => isIn(values, value)).map(({ label }) => label);
}

interface Row {
  readonly [column: string]: string;
}

function rowsIn(text: string): readonly Row[] {
  const [header = [], ...lines] = text
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));
  return lines.map((cells) =>
    Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ""])),
  );
}

describe("what the manifest says of groups", () => {
  it("is which answers each label stands for, where that follows from the conditions alone", async () => {
    await inWorkspace({ "analysis/study_definition.ts": study }, async (folder) => {
      await cohortline(folder, dummy(400, "--index-date-range", "2020-01-01"));
      const made = await cohortline(folder, ["generate_measures"]);
      assert.equal(made.code, 0, made.err);
      const read = (file: string): string => readFileSync(join(folder, "output", file), "utf8");
      const rows = rowsIn(read("input_2020-01-01.csv"));
      const { files } = JSON.parse(read("cohortline.manifest.json")) as {
        readonly files: Readonly<Record<string, { readonly published?: PublishedFacts }>>;
      };
      const bases = new Map<string, Set<string>>();
      for (const [name, [, of]] of Object.entries(columns)) {
        const cut = files[`measure_${name}.csv`]?.published?.cuts?.[name];
        assert.ok(cut !== undefined, name);
        assert.deepEqual([name, cut.labels === null ? null : cut.name], [name, of]);
        bases.set(cut.name, (bases.get(cut.name) ?? new Set()).add(cut.base));
        if (cut.labels === null) continue;
        for (const row of rows) {
          assert.deepEqual([name, labelsOf(cut, row[cut.name] ?? "")], [name, [row[name]]]);
        }
        const seen = new Set(rows.map((row) => row[name] ?? ""));
        assert.deepEqual(
          [name, [...seen].sort()],
          [name, cut.labels.map(({ label }) => label).sort()],
        );
      }
      // One question, whoever asks it.
      assert.deepEqual(
        [...bases].filter(([, own]) => own.size > 1),
        [],
      );
    });
  });
});
