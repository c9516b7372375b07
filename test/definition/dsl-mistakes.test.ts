import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { codelistFromCsv, measure, patients, study } from "../../engine/index.ts";
import { studyFileOf } from "../../engine/definition/study-file.ts";
import { call, problemsOf, untyped } from "./careless-author.ts";

const small = study({ population: patients.all(), columns: { sex: patients.sex() } });

/** What goes wrong in a study's file, and the problem it is. */
const wrong: readonly (readonly [
  title: string,
  write: () => unknown,
  code: string,
  words: string,
])[] = [
  [
    "a misspelt option",
    () => call("sex", { returnExpectation: {} }),
    "unknown-option",
    "patients.sex",
  ],
  [
    "an option in snake_case",
    () => call("most_recent_bmi", { on_or_before: "x" }),
    "unknown-option",
    "on_or_before",
  ],
  ["options that are a list", () => call("sex", [1]), "options-not-an-object", "a list"],
  [
    "a function for a date",
    () => call("age_as_of", () => "today"),
    "value-not-plain",
    '"referenceDate" holds a function',
  ],
  ["a date that is a Map", () => call("age_as_of", new Map()), "value-not-plain", "a Map"],
  ["NaN", () => call("random_sample", NaN), "value-not-plain", '"percent" holds NaN'],
  ["an infinite number", () => call("random_sample", Infinity), "value-not-plain", "infinite"],
  ["a symbol", () => call("random_sample", Symbol("x")), "value-not-plain", "a symbol"],
  [
    "undefined in a list",
    () => call("most_recent_bmi", { between: ["x", undefined] }),
    "value-not-plain",
    "undefined",
  ],
  [
    "a hole in a list",
    () => call("most_recent_bmi", { between: Array(2) }),
    "value-not-plain",
    "undefined",
  ],
  [
    "a value inside itself",
    () => call("sex", { returnExpectations: circle() }),
    "value-not-plain",
    "itself",
  ],
  [
    "a symbol as a key",
    () => call("sex", { returnExpectations: { [Symbol("x")]: 1 } }),
    "value-not-plain",
    "a symbol",
  ],
  [
    "a forbidden name",
    () => call("sex", { returnExpectations: JSON.parse('{"__proto__":1}') as object }),
    "forbidden-name",
    "__proto__",
  ],
  [
    "numbers as categories of an object",
    () => call("categorised_as", { 2: "a", 1: "DEFAULT" }),
    "categories-order",
    '"1"',
  ],
  [
    "a decimal as category of an object",
    () => call("categorised_as", { "0.5": "a", x: "DEFAULT" }),
    "categories-order",
    '"0.5"',
  ],
  [
    "categories in a text",
    () => call("categorised_as", "age > 5"),
    "categories-not-pairs",
    "categoryDefinitions",
  ],
  [
    "categories that are triples",
    () => call("categorised_as", [["a", "b", "c"]]),
    "categories-not-pairs",
    "pairs",
  ],
  [
    "an extra column that is no column",
    () => call("satisfying", "a", { extraColumns: { a: "sex" } }),
    "not-a-column",
    '"a" is text',
  ],
  [
    "a column written by hand",
    () => call("satisfying", "a", { extraColumns: { a: { function: "sex", args: {} } } }),
    "not-a-column",
    "an object",
  ],
  [
    "no population",
    () => untyped(study)({ columns: {} }),
    "not-a-column",
    '"population" is undefined',
  ],
  [
    "columns in a list",
    () => untyped(study)({ population: patients.all(), columns: [] }),
    "not-a-column",
    "an object of columns",
  ],
  [
    "a number as a column's name",
    () => study({ population: patients.all(), columns: { 7: patients.sex() } }),
    "column-name-is-a-number",
    '"7"',
  ],
  [
    "a misspelt option of study",
    () => untyped(study)({ popluation: patients.all() }),
    "unknown-option",
    "study",
  ],
  [
    "a misspelt option of measure",
    () => untyped(measure)(null, { groupby: "x" }),
    "unknown-option",
    "measure",
  ],
  [
    "a misspelt option of codelistFromCsv",
    () => untyped(codelistFromCsv)("a.csv", { sytem: "x" }),
    "unknown-option",
    "codelistFromCsv",
  ],
  ["no export", () => studyFileOf({}), "study-not-exported", "nothing"],
  [
    "exports without a study",
    () => studyFileOf({ measures: [], age: 1 }),
    "study-not-exported",
    '"measures", "age"',
  ],
  [
    "a default export that is no study",
    () => studyFileOf({ default: study }),
    "study-not-exported",
    '"default" export is a function',
  ],
  [
    "measures that are no list",
    () => studyFileOf({ study: small, measures: {} }),
    "measures-not-exported",
    "not a list",
  ],
  [
    "a measure that is none",
    () => studyFileOf({ study: small, measures: ["a"] }),
    "measures-not-exported",
    "text in place 1",
  ],
];

describe("mistakes in a study's file", () => {
  for (const [title, write, code, words] of wrong) {
    it(`${title}: ${code}`, () => {
      const [problem] = problemsOf(write);
      assert.equal(problem?.code, code);
      assert.ok(problem.message.includes(words), problem.message);
    });
  }

  it("come with the nearest names and a way out", () => {
    const [option] = problemsOf(() => call("most_recent_bmi", { on_or_before: "x" }));
    assert.equal(option?.hint, 'Nearest: "onOrBefore", "onOrAfter".');
    const [order] = problemsOf(() => call("categorised_as", { 2: "a", 1: "DEFAULT" }));
    assert.match(order?.hint ?? "", /^Write pairs/);
  });
});

function circle(): object {
  const round: Record<string, unknown> = {};
  round["date"] = round;
  return round;
}
