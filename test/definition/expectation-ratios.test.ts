import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { checkCategoryRatios } from "../../engine/definition/expectations/expectation-categories.ts";
import type { DrawnValues } from "../../engine/definition/expectations/expectation-facts.ts";
import { checkStudyExpectations } from "../../engine/definition/expectations/expectation-study.ts";
import type { ColumnDefinition } from "../../engine/definition/model.ts";
import { column, studyOf } from "../backend/study-of.ts";

function check(columns: Readonly<Record<string, ColumnDefinition>>, defaults?: unknown) {
  return checkStudyExpectations(studyOf({ columns, defaults, indexDate: "2020-01-01" }));
}

function messages(columns: Readonly<Record<string, ColumnDefinition>>, defaults?: unknown) {
  return check(columns, defaults).problems.map(({ message, hint }) => `${message}. ${hint}`);
}

/** The problems of one column `x`. */
function messagesOf(definition: ColumnDefinition, defaults?: unknown): string {
  return messages({ x: definition }, defaults).join("\n");
}

function valuesOf(definition: ColumnDefinition, defaults?: unknown): DrawnValues | undefined {
  const { columns, problems } = check({ x: definition }, defaults);
  assert.deepEqual(problems, []);
  return columns.get("x")?.values;
}

describe("ratios of categories", () => {
  const universal = (ratios: unknown) => ({ rate: "universal", category: { ratios } });
  const sex = (ratios: unknown) => column("sex", { return_expectations: universal(ratios) });

  it("are scaled to 1 with a warning", () => {
    const { columns, problems, warnings } = check({ x: sex({ M: 1, F: 3 }) });
    assert.deepEqual(problems, []);
    assert.deepEqual(columns.get("x")?.values, {
      kind: "category",
      words: ["M", "F"],
      shares: [0.25, 0.75],
    });
    assert.match(warnings[0]?.message ?? "", /column "x".* add up to 4, not 1/);
  });

  it("need no warning for what rounding does to a sum", () => {
    assert.notEqual(0.7 + 0.2 + 0.1, 1);
    assert.deepEqual(check({ x: sex({ a: 0.7, b: 0.2, c: 0.1 }) }).warnings, []);
    assert.equal(check({ x: sex({ a: 0.9999, b: 0.00001 }) }).warnings.length, 1);
  });

  it("are the column's own where the merged ones do not add up to 1", () => {
    const defaults = { category: { ratios: { M: 0.5, F: 0.5 } } };
    const own = valuesOf(sex({ I: 0.4, U: 0.6 }), defaults);
    assert.deepEqual(own, { kind: "category", words: ["I", "U"], shares: [0.4, 0.6] });
    const part = valuesOf(sex({ M: 0.5 }), defaults);
    assert.deepEqual(part, { kind: "category", words: ["M", "F"], shares: [0.5, 0.5] });
  });

  const ctv3 = { system: "ctv3", codes: [["X", "Y"]] } as const;
  const categories = { $pairs: [["A", "sex = 'F'"] as const, ["B", "DEFAULT"] as const] };
  const none = { codelist: null, categoryDefinitions: null };
  for (const [title, source, ratios, unavailable] of [
    ["anything goes without categories", none, { X: 1 }, []],
    ["categories of the codelist", { ...none, codelist: ctv3 }, { Y: 0.5, X: 0.5 }, ["X"]],
    [
      "its codes too where codes are returned",
      { ...none, codelist: ctv3, returning: "code" },
      { Y: 0.3, X: 0.3, Z: 0.4 },
      ["Z"],
    ],
    [
      "those of categorised_as before the codelist",
      { codelist: ctv3, categoryDefinitions: categories },
      { A: 0.5, Y: 0.5 },
      ["Y"],
    ],
    [
      "number keys are compared as text",
      { ...none, categoryDefinitions: { $pairs: [[1, "a"] as const] } },
      { 1: 0.5, 2: 0.5 },
      ["2"],
    ],
  ] as const) {
    it(`may name: ${title}`, () => {
      assert.deepEqual(checkCategoryRatios({ ...source, ratios }), unavailable);
    });
  }

  it("name the nearest value that a column can have", () => {
    const definition = column("categorised_as", {
      category_definitions: {
        $pairs: [
          ["vaccinated", "sex = 'F'"],
          ["other", "DEFAULT"],
        ],
      },
      extra_columns: { sex: column("sex") },
      return_expectations: universal({ vacinated: 1 }),
    });
    const told = messagesOf(definition);
    assert.match(told, /can never have the value "vacinated".*Nearest: "vaccinated"/);
  });

  it("are free for care home status, as in the reference", () => {
    const definition = column("care_home_status_as_of", {
      date: "2020-01-01",
      categorised_as: {
        $pairs: [
          ["PC", "IsPotentialCareHome"],
          ["U", "DEFAULT"],
        ],
      },
      return_expectations: universal({ PC: 0.1, PN: 0.1, U: 0.8 }),
    });
    assert.equal(messagesOf(definition), "");
  });

  it("name what is not recorded by null or by the empty text, and add up what is named twice", () => {
    const missing = { kind: "category", words: ["", "M"], shares: [0.25, 0.75] };
    const pairs = (...all: readonly (readonly [unknown, number])[]) => ({ $pairs: all });
    for (const ratios of [
      pairs([null, 0.25], ["M", 0.75]),
      pairs(["", 0.25], ["M", 0.75]),
      pairs([null, 0.125], ["", 0.125], ["M", 0.75]),
      { "": 0.25, M: 0.75 },
    ]) {
      assert.deepEqual(valuesOf(sex(ratios)), missing);
    }
  });

  it("may leave out a value of a codelist with categories, but not of defined categories", () => {
    const ratios = { $pairs: [[null, 0.5] as const, ["Y", 0.5] as const] };
    const own = { returning: "category", return_expectations: universal(ratios) };
    assert.equal(messagesOf(column("with_these_clinical_events", { codelist: ctv3, ...own })), "");
    const always = column("categorised_as", {
      category_definitions: categories,
      extra_columns: { sex: column("sex") },
      return_expectations: universal({ A: 0.5, "": 0.5 }),
    });
    assert.match(messagesOf(always), /can never have the value ""/);
  });

  it("of an object that JavaScript gave the key null are a problem that says how to write it", () => {
    for (const key of ["null", "undefined"]) {
      const told = messagesOf(sex({ [key]: 0.5, M: 0.5 }));
      assert.match(told, new RegExp(`column "x".*the key "${key}".*write "" or pairs`));
      assert.equal(messagesOf(sex({ $pairs: [[key, 0.5] as const, ["M", 0.5] as const] })), "");
    }
  });

  it("of odd keys or shares name the column", () => {
    for (const pair of [
      [true, 1],
      [["M"], 1],
      ["M", "1"],
      ["M", -1],
      ["M", null],
    ] as const) {
      const told = messagesOf(sex({ $pairs: [pair] }));
      assert.match(told, /column "x".*"category.ratios" must be values and their shares/);
      assert.doesNotMatch(told, /\$pairs/);
    }
  });

  it("describe numbers that are categories; words of an address stay words, with a warning", () => {
    const imd = (ratios: unknown) =>
      column("address_as_of", {
        date: "2020-01-01",
        returning: "index_of_multiple_deprivation",
        round_to_nearest: 100,
        return_expectations: universal(ratios),
      });
    const pairs = {
      $pairs: [
        [100, 0.5],
        [200, 0.5],
      ],
    };
    for (const ratios of [{ 100: 0.5, 200: 0.5 }, pairs]) {
      const drawn = { kind: "category", words: ["100", "200"], shares: [0.5, 0.5] };
      assert.deepEqual(valuesOf(imd(ratios)), drawn);
    }
    const { columns, problems, warnings } = check({ x: imd({ low: 0.4, high: 0.6 }) });
    assert.deepEqual(problems, []);
    assert.match(warnings[0]?.message ?? "", /column "x".*the ratios name words/);
    assert.deepEqual(columns.get("x")?.values, {
      kind: "category",
      words: ["low", "high"],
      shares: [0.4, 0.6],
      asText: true,
    });
  });

  it("of numbers from which others are worked out must be whole numbers", () => {
    const address = column("address_as_of", {
      date: "2020-01-01",
      returning: "rural_urban_classification",
      return_expectations: universal({ rural: 1 }),
    });
    const least = column("minimum_of", { column_names: ["x"] });
    const is = column("satisfying", {
      expression: "x = 1",
      return_expectations: { incidence: 0.5 },
    });
    const wanted = /"category.ratios" must be shares of whole numbers, because other columns/;
    assert.match(messages({ x: address, least }).join(), wanted);
    assert.deepEqual(messages({ x: address, is }), []);
    const derived = studyOf({ columns: { x: address, is }, dummyData: "derived" });
    assert.match(checkStudyExpectations(derived).problems[0]?.message ?? "", wanted);
  });

  it("or a distribution describe categories that are whole numbers", () => {
    const banded = (own: unknown) =>
      column("categorised_as", {
        category_definitions: {
          $pairs: [
            [1, "sex = 'F'"],
            [2, "DEFAULT"],
          ],
        },
        extra_columns: { sex: column("sex") },
        return_expectations: own,
      });
    const ratios = { rate: "universal", category: { ratios: { 1: 0.2, 2: 0.8 } } };
    const int = { distribution: "poisson", mean: 3 };
    assert.equal(valuesOf(banded(ratios))?.kind, "category");
    assert.equal(valuesOf(banded(ratios), { int })?.kind, "category");
    assert.equal(valuesOf(banded({ rate: "universal", int }))?.kind, "poisson");
    assert.equal(valuesOf(banded({ ...ratios, int }))?.kind, "poisson");
    assert.match(messagesOf(banded({ ...ratios, category: { ratios: { 3: 1 } } })), /"3"/);
  });
});
