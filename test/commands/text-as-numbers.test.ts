/** A text column whose categories are whole numbers, compared with numbers, however the study is answered. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { check } from "../definition/study-of.ts";
import { cohortOf } from "../naive/cohort-of.ts";
import { cohortline } from "./workspace.ts";
import { databaseUrl, inRecordedWorkspace } from "./recorded-workspace.ts";

const bands = [
  ["-3", "age < 20"],
  ["0", "age < 40"],
  ["07", "age < 60"],
  ["10", "DEFAULT"],
] as const;

const compare: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "=": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};
const numbers = [-4, -3, 0, 7, 9.5, 10, 11];

interface Question {
  readonly expression: string;
  readonly holds: (band: number, age: number) => boolean;
}

const questions: readonly Question[] = Object.entries(compare).flatMap(([sign, holds]) => [
  ...numbers.map((n) => ({
    expression: `band ${sign} ${n}`,
    holds: (band: number) => holds(band, n),
  })),
  ...numbers.map((n) => ({
    expression: `${n} ${sign} band`,
    holds: (band: number) => holds(n, band),
  })),
  { expression: `band ${sign} age - 45`, holds: (band, age) => holds(band, age - 45) },
  { expression: `highest ${sign} 7`, holds: (band) => holds(Math.max(band, 0), 7) },
]);

const calls = {
  age: ["age_as_of", { reference_date: "index_date" }],
  band: ["categorised_as", { category_definitions: { $pairs: bands } }],
  nought: ["fixed_value", { value: "0" }],
  // Text is ordered letter by letter, so that this is the greater of two texts: "-3" comes before "0".
  highest: ["maximum_of", { column_names: ["band", "nought"] }],
  ...Object.fromEntries(
    questions.map(({ expression }, i) => [`q${i}`, ["satisfying", { expression }] as const]),
  ),
} as const;

const records = {
  Patient: [2015, 2001, 1990, 1975, 1965, 1950, 1930].map((year, i) => ({
    ...{ Patient_ID: i + 1, DateOfBirth: `${year}-01-01`, Sex: "F" },
  })),
};

const study = `import { patients, study } from "cohortline";
export default study({
  indexDate: "2020-04-01",
  population: patients.satisfying("band >= -3"),
  columns: {
    age: patients.ageAsOf("index_date"),
    band: patients.categorisedAs(${JSON.stringify(bands)}),
    nought: patients.fixedValue("0"),
    highest: patients.maximumOf("band", "nought"),
    ${questions.map(({ expression }, i) => `q${i}: patients.satisfying("${expression}"),`).join("\n")}
  },
});
`;

type Row = Readonly<Record<string, string>>;

function agrees(rows: readonly Row[], how: string): void {
  assert.equal(rows.length, records.Patient.length);
  for (const row of rows) {
    const [band, age] = [Number(row["band"]), Number(row["age"])];
    for (const [i, { expression, holds }] of questions.entries()) {
      assert.equal(row[`q${i}`], holds(band, age) ? "1" : "0", `${how}: ${expression} of ${band}`);
    }
  }
  assert.deepEqual(new Set(rows.map((row) => row["band"])), new Set(bands.map(([band]) => band)));
}

function rowsOf(csv: string): readonly Row[] {
  const [header = [], ...rows] = csv
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? ""])));
}

describe("a text column of whole numbers compared with a number", () => {
  it("is compared as a number by the oracle", () => {
    agrees(cohortOf(calls, records, { indexDate: "2020-04-01" }), "oracle");
  });

  it("is compared as a number from a database, all dates together and one after the other", async () => {
    const files = { "analysis/study_definition.ts": study };
    await inRecordedWorkspace(
      async (folder) => {
        for (const how of ["one-pass", "per-date"]) {
          const words = ["generate_cohort", "--evaluate", how, "--database-url", databaseUrl];
          const made = await cohortline(folder, words);
          assert.equal(made.code, 0, made.err);
          agrees(rowsOf(readFileSync(join(folder, "output/input.csv"), "utf8")), how);
        }
      },
      { records, files },
    );
  });

  it("is refused as before where one of its values is no whole number", () => {
    for (const other of ["", "missing", "1.5", "9007199254740993", "1 "]) {
      const pairs = [["1", "sex = 'F'"], [other, "DEFAULT"]]; // prettier-ignore
      const result = check({
        columns: {
          sex: ["sex"],
          band: ["categorised_as", { category_definitions: { $pairs: pairs } }],
          a: ["satisfying", { expression: "band > 0" }],
        },
      });
      assert.ok(!result.ok, other);
      assert.deepEqual(
        result.problems.map(({ code }) => code),
        ["condition-mixes-types"],
      );
    }
  });
});
