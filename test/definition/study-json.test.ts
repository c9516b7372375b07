import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { functionNames, shapeOf } from "../../engine/definition/function-table.ts";
import type { ArgumentKind } from "../../engine/definition/functions/shape.ts";
import {
  measuresFromJson,
  studyFileFromJson,
  studyFromJson,
  studyToJson,
} from "../../engine/definition/json/study-json.ts";
import { problemsOf, thawed } from "./careless-author.ts";

const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/).filter((each) => each !== "constructor");
const text = fc.string({ maxLength: 12 });
const number = fc.integer({ min: -1000, max: 1000 });
const codelist = fc.record({
  system: fc.option(fc.constantFrom("snomed", "ctv3", "icd10")),
  codes: fc.oneof(
    fc.array(text, { minLength: 1, maxLength: 4 }),
    fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 4 }),
  ),
});
const pairsWith = <T>(value: fc.Arbitrary<T>) =>
  fc.array(fc.tuple(fc.oneof(text, number), value), { maxLength: 4 }).map(($pairs) => ({ $pairs }));
const expectations = fc.record(
  {
    incidence: fc.constantFrom(0.1, 1),
    rate: fc.constantFrom("uniform", "universal"),
    category: fc.record({ ratios: fc.oneof(fc.dictionary(name, number), pairsWith(number)) }),
  },
  { requiredKeys: [] },
);

/** Some value of each kind of argument, as JSON. */
const values = {
  date: text,
  between: fc.tuple(fc.option(text), fc.option(text)),
  codelist,
  texts: fc.oneof(text, fc.array(text, { maxLength: 3 }), codelist),
  "text-list": fc.oneof(fc.array(text, { maxLength: 3 }), codelist),
  text,
  number,
  flag: fc.boolean(),
  returning: text,
  "date-format": fc.constantFrom("YYYY", "YYYY-MM"),
  expectations,
  source: name,
  sources: fc.array(name, { maxLength: 3 }),
  categories: pairsWith(text),
  condition: text,
  value: fc.oneof(text, number, fc.boolean()),
  "value-type": fc.constantFrom("int", "str"),
  vaccination: fc.dictionary(name, text, { maxKeys: 2 }),
  "vaccine-codes": fc.dictionary(name, text, { maxKeys: 2 }),
} satisfies Record<Exclude<ArgumentKind, "extra-columns">, fc.Arbitrary<unknown>>;

/** Definitions of every function, arguments in the order of the table, columns within columns. */
function columnOf(depth: number): fc.Arbitrary<object> {
  return fc.constantFrom(...functionNames).chain((each) => {
    const args = Object.entries(shapeOf(each).args).map(([argument, { kind, required }]) => {
      const value = kind === "extra-columns" ? columnsOf(depth - 1) : values[kind];
      const present = required === true ? fc.constant(true) : fc.boolean();
      const kept = kind === "extra-columns" && depth === 0 ? fc.constant(false) : present;
      return fc.tuple(fc.constant(argument), value as fc.Arbitrary<unknown>, kept);
    });
    return fc.tuple(...args).map((all) => ({
      function: each,
      args: Object.fromEntries(
        all.filter(([, , kept]) => kept).map(([argument, value]) => [argument, value]),
      ),
    }));
  });
}

function columnsOf(depth: number): fc.Arbitrary<Record<string, object>> {
  if (depth < 0) return fc.constant({});
  return fc
    .uniqueArray(fc.tuple(name, columnOf(depth)), { maxLength: 3, selector: ([each]) => each })
    .map((entries) => Object.fromEntries(entries));
}

const anyStudy = fc
  .record({
    index_date: fc.option(fc.constantFrom("2020-01-01", "2021-02-28")),
    default_expectations: fc.option(expectations),
    population: columnOf(1),
    columns: columnsOf(2),
  })
  .map((study) => ({ ...study, column_order: Object.keys(study.columns).reverse() }));

describe("a study as JSON", () => {
  it("comes back as it went, through text too", () => {
    fc.assert(
      fc.property(anyStudy, (study) => {
        const plain: unknown = JSON.parse(JSON.stringify(study));
        const there = studyFromJson(plain);
        const back: unknown = JSON.parse(JSON.stringify(studyToJson(there)));
        assert.deepEqual(back, plain);
        assert.deepEqual(studyFromJson(back), there);
        assert.deepEqual(thawed(there), []);
      }),
      { numRuns: 60 },
    );
  });

  it("is the same text for the same study, whatever the order of keys and whoever wrote it where", () => {
    const age = { reference_date: "today", return_expectations: null };
    const turned = { return_expectations: null, reference_date: "today" };
    const first = { function: "age_as_of", args: age };
    const second = { args: turned, function: "age_as_of", place: { file: "a.ts", line: 3 } };
    const textOf = (column: object): string =>
      JSON.stringify(studyToJson(studyFromJson({ columns: { column }, population: column })));
    assert.equal(textOf(first), textOf(second));
  });

  it("keeps where the author wrote a column, nested ones too", () => {
    const place = { file: "analysis/study_definition.ts", line: 12 };
    const sex = { function: "sex", args: {}, place };
    const args = { expression: "sex = 'F'", extra_columns: { sex } };
    const read = studyFromJson({
      population: { function: "satisfying", args, place },
      columns: {},
    });
    assert.deepEqual(read.population.place, place);
    assert.deepEqual(JSON.parse(JSON.stringify(read.population.args)), args);
  });

  it("may leave out order, index date and expectations", () => {
    const population = { function: "all", args: {} };
    const read = studyFromJson({ population, columns: { b: population, a: population } });
    assert.deepEqual([read.index_date, read.default_expectations], [null, null]);
    assert.deepEqual(read.column_order, ["b", "a"]);
  });

  it("finds nothing under names that every object has", () => {
    const { columns, population } = studyFromJson({ population: all, columns: {} });
    for (const each of ["toString", "hasOwnProperty", "valueOf"]) {
      assert.equal(columns[each], undefined);
      assert.equal(population.args[each], undefined);
    }
    const read = studyFromJson({ population: all, columns: {}, default_expectations: {} });
    assert.equal(Object.getPrototypeOf(read.default_expectations), null);
  });
});

const all = { function: "all", args: {} };

describe("measures as JSON", () => {
  const ratio = { id: "m", numerator: "a", denominator: "population" };
  const whole = { ...ratio, group_by: null, small_number_suppression: false };
  const accepted = [
    ["left out: no group, no suppression", ratio, whole],
    ["one group", { ...ratio, group_by: "sex" }, { ...whole, group_by: ["sex"] }],
    ["several groups", { ...ratio, group_by: ["a", "b"] }, { ...whole, group_by: ["a", "b"] }],
    [
      "suppression",
      { ...ratio, small_number_suppression: true },
      { ...whole, small_number_suppression: true },
    ],
  ] as const;
  for (const [title, json, measure] of accepted) {
    it(`are read: ${title}`, () => {
      const read = measuresFromJson([json]);
      assert.deepEqual(read, [measure]);
      assert.deepEqual(measuresFromJson(JSON.parse(JSON.stringify(read))), read);
    });
  }

  const wrong: readonly (readonly [string, unknown, RegExp])[] = [
    ["no list", ratio, /^measures must be a list/],
    ["no measure", [5], /^measures\[0\] must be a measure/],
    ["no id", [{ numerator: "a", denominator: "b" }], /^measures\[0\] lacks "id"/],
    ["a numerator that is a number", [{ ...ratio, numerator: 1 }], /numerator must be text/],
    ["groups of numbers", [{ ...ratio, group_by: [1] }], /group_by must be a name/],
    ["suppression in words", [{ ...ratio, small_number_suppression: "no" }], /true, false or/],
    ["a threshold of nobody", [{ ...ratio, small_number_suppression: { threshold: 0 } }], /from 1/],
    ["half a threshold", [{ ...ratio, small_number_suppression: { threshold: 5.5 } }], /whole/],
    ["a threshold misspelt", [{ ...ratio, small_number_suppression: { limit: 5 } }], /threshold/],
    ["groups of another kind", [{ ...ratio, groups: "some" }], /"all" or "observed"/],
    ["rounding in words", [{ ...ratio, rounding: "midpoint5" }], /"midpoint6" or \{ to: /],
    ["rounding to nothing", [{ ...ratio, rounding: { to: 0 } }], /from 2 on/],
    ["rounding to two things", [{ ...ratio, rounding: { to: 5, from: 1 } }], /from 2 on/],
    ["a key too many", [{ ...ratio, group: "a" }], /unknown key "group"/],
  ];
  for (const [title, json, message] of wrong) {
    it(`are refused: ${title}`, () => {
      assert.match(problemsOf(() => measuresFromJson(json))[0]?.message ?? "", message);
    });
  }

  it("come with their study, and both are told their faults", () => {
    const file = studyFileFromJson({ study: { population: all, columns: {} }, measures: [ratio] });
    assert.deepEqual(file.measures, [whole]);
    const found = problemsOf(() => studyFileFromJson({ study: {}, measures: [{}] }));
    assert.equal(found.length, 5);
  });
});
