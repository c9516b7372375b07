import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { jsonLimits, safeJson } from "../../engine/definition/json/safe-json.ts";
import type { JsonReading } from "../../engine/definition/json/safe-json.ts";
import { studyFromJson } from "../../engine/definition/json/study-json.ts";
import { problemsOf } from "./careless-author.ts";

const all = { function: "all", args: {} };

/** A study with a column `x`, or with whatever replaces it. */
function studyWith(changes: object): object {
  return { population: all, columns: { x: all }, ...changes };
}

function columnWith(column: unknown): object {
  return studyWith({ columns: { x: column } });
}

function nested(depth: number): unknown {
  let value: unknown = "deep";
  for (let i = 0; i < depth; i++) value = [value];
  return value;
}

const events = (args: object): object =>
  columnWith({ function: "with_these_clinical_events", args });
const categories = (definitions: unknown): object =>
  columnWith({ function: "categorised_as", args: { category_definitions: definitions } });

const refused: readonly (readonly [title: string, json: unknown, message: RegExp])[] = [
  ["text", "study", /^study must be a study, not text/],
  ["a list", [], /^study must be a study, not a list/],
  ["nothing at all", undefined, /^study must be a value that JSON has, not undefined/],
  ["no population", { columns: {} }, /^study lacks "population"/],
  ["no columns", { population: all }, /^study lacks "columns"/],
  ["a key too many", studyWith({ measures: [] }), /^study has an unknown key "measures"/],
  ["an index date that is a number", studyWith({ index_date: 2020 }), /^index_date must be text/],
  ["expectations in a list", studyWith({ default_expectations: [] }), /^default_expectations must/],
  ["columns in a list", studyWith({ columns: [all] }), /^columns must be columns by name/],
  ["a column that is text", columnWith("sex"), /^columns\.x must be a column/],
  ["a column without arguments", columnWith({ function: "sex" }), /^columns\.x lacks "args"/],
  ["arguments in a list", columnWith({ function: "sex", args: [] }), /^columns\.x\.args must be/],
  ["an unknown function", columnWith({ function: "agee_as_of", args: {} }), /"agee_as_of"/],
  [
    "an inherited function",
    columnWith({ function: "toString", args: {} }),
    /no function "toString"/,
  ],
  [
    "an unknown argument",
    events({ codelists: null }),
    /^columns\.x: with_these_clinical_events has no argument "codelists"/,
  ],
  ["a raw call stack", columnWith({ ...all, $stack: "at x" }), /unknown key "\$stack"/],
  ["a place without a line", columnWith({ ...all, place: { file: "a" } }), /place lacks "line"/],
  [
    "a line that is text",
    columnWith({ ...all, place: { file: "a", line: "1" } }),
    /^columns\.x\.place must be/,
  ],
  ["a codelist that is a list", events({ codelist: ["1"] }), /codelist must be a codelist/],
  ["a codelist without a system", events({ codelist: { codes: ["1"] } }), /lacks "system"/],
  [
    "a codelist of fractions",
    events({ codelist: { system: "x", codes: [1.5] } }),
    /codes must be a list/,
  ],
  [
    "a codelist half with categories",
    events({ codelist: { system: "x", codes: ["1", ["2", "a"]] } }),
    /codes must be/,
  ],
  [
    "a system that is a number",
    events({ codelist: { system: 1, codes: ["1"] } }),
    /system must be text/,
  ],
  ["categories in an object", categories({ a: "DEFAULT" }), /lacks "\$pairs"/],
  ["categories that are not pairs", categories({ $pairs: [["a"]] }), /must be pairs of/],
  ["a category that is a list", categories({ $pairs: [[["a"], "DEFAULT"]] }), /must be pairs of/],
  ["an expression that is a number", categories({ $pairs: [["a", 1]] }), /and an expression/],
  [
    "extra columns in a list",
    columnWith({ function: "satisfying", args: { extra_columns: [] } }),
    /extra_columns must be columns/,
  ],
  [
    "a wrong column within a column",
    columnWith({ function: "satisfying", args: { extra_columns: { y: 1 } } }),
    /^columns\.x\.args\.extra_columns\.y must be/,
  ],
  [
    "ratios that are no pairs",
    columnWith({
      function: "sex",
      args: { return_expectations: { category: { ratios: { $pairs: [["F", 0.5, "M"]] } } } },
    }),
    /ratios must be pairs of a value and its share/,
  ],
  ["an order with a stranger", studyWith({ column_order: ["x", "y"] }), /"y" is not a column/],
  ["an order with a column twice", studyWith({ column_order: ["x", "x"] }), /"x" is named twice/],
  ["an order without a column", studyWith({ column_order: [] }), /"x" is left out/],
  ["an order that is text", studyWith({ column_order: "x" }), /^column_order must be a list/],
  [
    "NaN",
    columnWith({ function: "random_sample", args: { percent: NaN } }),
    /percent must be a value that JSON has/,
  ],
  [
    "a function",
    columnWith({ function: "sex", args: { return_expectations: () => 1 } }),
    /not a function/,
  ],
  [
    "values nested without end",
    columnWith({ function: "sex", args: { return_expectations: nested(100_000) } }),
    /nest at most 200 deep/,
  ],
  [
    "a text without end",
    studyWith({ index_date: "x".repeat(100_001) }),
    /^study\.index_date is too large/,
  ],
  [
    "a name without end",
    studyWith({ columns: { ["x".repeat(1001)]: all } }),
    /^study\.columns is too large/,
  ],
  ...["__proto__", "constructor", "prototype"].flatMap((each) => [
    [`${each} in the study`, parsed(`{"${each}": 1}`), RegExp(`^study: "${each}"`)] as const,
    [
      `${each} as a column`,
      parsed(`{"columns": {"${each}": 1}}`),
      RegExp(`^study\\.columns: "${each}"`),
    ] as const,
    [
      `${each} deep in an argument`,
      columnWith({
        function: "sex",
        args: { return_expectations: { date: parsed(`{"${each}": 1}`) } },
      }),
      RegExp(`date: "${each}" cannot be used`),
    ] as const,
  ]),
];

describe("JSON that is not a study", () => {
  for (const [title, json, message] of refused) {
    it(`is refused: ${title}`, () => {
      const [first] = problemsOf(() => studyFromJson(json));
      assert.match(first?.message ?? "", message);
    });
  }

  it("is told all its faults at once, with the nearest names", () => {
    const found = problemsOf(() =>
      studyFromJson({
        population: { function: "al", args: {} },
        columns: {
          a: { function: "agee_as_of", args: {} },
          b: { function: "sex", args: { return_expectation: {} } },
          c: {
            function: "satisfying",
            args: { extra_columns: { d: { function: "sexx", args: {} } } },
          },
        },
        colum_order: [],
      }),
    );
    assert.deepEqual(
      found.map(({ code, hint }) => [code, hint]),
      [
        ["study-json-key", 'Nearest: "column_order".'],
        ["unknown-function", 'Nearest: "all".'],
        ["unknown-function", 'Nearest: "age_as_of", "address_as_of".'],
        ["unknown-argument", 'Nearest: "return_expectations".'],
        ["unknown-function", 'Nearest: "sex".'],
      ],
    );
  });

  it("is told of each fault once", () => {
    assert.equal(problemsOf(() => studyFromJson(studyWith({ population: NaN }))).length, 1);
  });

  it("is given up on when it has more values than any study", () => {
    const reading: JsonReading = { problems: [], values: jsonLimits.values - 3 };
    assert.deepEqual(safeJson([1, 2, 3, 4], "study", reading), [1, null, null, null]);
    assert.deepEqual(
      reading.problems.map(({ code }) => code),
      ["study-json-size"],
    );
  });

  it("is told a hundred faults at most", () => {
    const columns = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`x${i}`, 1]));
    assert.equal(problemsOf(() => studyFromJson(studyWith({ columns }))).length, 100);
  });

  it("leaves the prototypes of all objects alone", () => {
    problemsOf(() => studyFromJson(parsed('{"__proto__": {"polluted": true}}')));
    assert.ok(!("polluted" in {}));
  });
});

/** JSON text makes `__proto__` a key like any other, which an object literal does not. */
function parsed(json: string): object {
  return JSON.parse(json) as object;
}
