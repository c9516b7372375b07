import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Args } from "../../engine/definition/model.ts";
import { checked, columnOf, events } from "./study-of.ts";
import type { Calls } from "./study-of.ts";

describe("the type of a column", () => {
  const cases: readonly (readonly [string, Calls, string, string | null])[] = [
    ["an age is an int", { x: ["age_as_of", { reference_date: "2020-01-01" }] }, "int", null],
    ["a flag is a bool", { x: [...events()] }, "bool", null],
    ["a value is a float", { x: [...events({ returning: "numeric_value" })] }, "float", null],
    [
      "a date without format shows the year",
      { x: [...events({ returning: "date" })] },
      "date",
      "YYYY",
    ],
    [
      "categories 1 and 0 are yes and no",
      {
        x: [
          "categorised_as",
          {
            category_definitions: {
              $pairs: [
                [1, "y"],
                [0, "DEFAULT"],
              ],
            },
          },
        ],
        y: ["all"],
      },
      "bool",
      null,
    ],
    [
      "categories 1 and 2 are ints",
      {
        x: [
          "categorised_as",
          {
            category_definitions: {
              $pairs: [
                [1, "y"],
                [2, "DEFAULT"],
              ],
            },
          },
        ],
        y: ["all"],
      },
      "int",
      null,
    ],
    [
      "categories are a float as soon as one has a fraction",
      {
        x: [
          "categorised_as",
          {
            category_definitions: {
              $pairs: [
                [0.5, "y"],
                [0, "DEFAULT"],
              ],
            },
          },
        ],
        y: ["all"],
      },
      "float",
      null,
    ],
    [
      "categories of dates are dates to the day",
      {
        x: [
          "categorised_as",
          {
            category_definitions: {
              $pairs: [
                ["2020-01-01", "y"],
                ["2020-02-01", "DEFAULT"],
              ],
            },
          },
        ],
        y: ["all"],
      },
      "date",
      "YYYY-MM-DD",
    ],
    [
      "an aggregate has the type of its sources",
      {
        x: ["maximum_of", { column_names: ["y"] }],
        y: ["age_as_of", { reference_date: "2020-01-01" }],
      },
      "int",
      null,
    ],
    [
      "an aggregate of dates has their format",
      {
        x: ["minimum_of", { column_names: ["y"] }],
        y: [...events({ returning: "date", date_format: "YYYY-MM" })],
      },
      "date",
      "YYYY-MM",
    ],
    [
      "date_of without a format takes its source's",
      {
        x: ["date_of", { source: "y" }],
        y: [...events({ returning: "numeric_value", date_format: "YYYY-MM-DD" })],
      },
      "date",
      "YYYY-MM-DD",
    ],
    [
      "date_of with a format leaves its source's alone",
      {
        y: ["date_of", { source: "x", date_format: "YYYY" }],
        x: [...events({ returning: "date", date_format: "YYYY-MM-DD" })],
      },
      "date",
      "YYYY-MM-DD",
    ],
    [
      "an ISARIC column has the type of the dataset",
      { x: ["with_an_isaric_record", { returning: "cestdat" }] },
      "date",
      "YYYY-MM-DD",
    ],
    [
      "a trial's property is text",
      {
        x: [
          "registered_practice_as_of",
          { date: "2020-01-01", returning: "rct__germdefence__intcon" },
        ],
      },
      "str",
      null,
    ],
    [
      "enrolment in a trial is a bool",
      {
        x: [
          "registered_practice_as_of",
          { date: "2020-01-01", returning: "rct__germdefence__enrolled" },
        ],
      },
      "bool",
      null,
    ],
    [
      "a fixed date is a date",
      { x: ["fixed_value", { value: "2020-01-01" }] },
      "date",
      "YYYY-MM-DD",
    ],
    [
      "a value from a file has the type asked for",
      { x: ["with_value_from_file", { f_path: "a.csv", returning: "b", returning_type: "float" }] },
      "float",
      null,
    ],
  ];
  for (const [title, columns, type, format] of cases) {
    it(title, () => {
      const column = columnOf(checked(columns), "x");
      assert.deepEqual([column.type, column.dateFormat], [type, format]);
    });
  }
});

describe("legacy spellings", () => {
  const cases: readonly (readonly [string, object, object])[] = [
    [
      "return_first_date_in_period",
      { return_first_date_in_period: true },
      { returning: "date", find_first_match_in_period: true },
    ],
    [
      "return_last_date_in_period",
      { return_last_date_in_period: 1 },
      { returning: "date", find_last_match_in_period: true },
    ],
    [
      "return_number_of_matches_in_period",
      { return_number_of_matches_in_period: true },
      { returning: "number_of_matches_in_period" },
    ],
    ["return_binary_flag over nothing", { return_binary_flag: true }, { returning: "binary_flag" }],
    [
      "include_day over include_month",
      { returning: "date", include_day: true, include_month: true },
      { returning: "date", date_format: "YYYY-MM-DD" },
    ],
    [
      "include_month",
      { returning: "date", include_month: "yes" },
      { returning: "date", date_format: "YYYY-MM" },
    ],
    [
      "a flag that is text, for it is truthy",
      { find_first_match_in_period: "True" },
      { find_first_match_in_period: true },
    ],
    [
      "on_or_before as a period open at the start",
      { on_or_before: "2020-01-01" },
      { between: [null, "2020-01-01"] },
    ],
    ["an empty between as none", { between: [] }, { between: undefined }],
  ];
  for (const [title, given, expected] of cases) {
    it(`read ${title}`, () => {
      const args: Args = columnOf(checked({ x: [...events(given)] }), "x").args;
      for (const [name, value] of Object.entries(expected))
        assert.deepEqual(args[name], value, name);
    });
  }

  it("leave nothing of themselves behind", () => {
    const given = {
      return_first_date_in_period: true,
      include_day: true,
      on_or_after: "2020-01-01",
    };
    const args: Args = columnOf(checked({ x: [...events(given)] }), "x").args;
    const kept = Object.keys(args).sort();
    assert.deepEqual(kept, [
      "between",
      "codelist",
      "date_format",
      "find_first_match_in_period",
      "returning",
    ]);
  });
});
