import { refuses } from "./refusals.ts";
import { age, coded, date, events } from "./study-of.ts";

refuses("names and types", [
  [
    "a column named patient_id",
    { columns: { patient_id: [...age] } },
    "reserved-column-name",
    ["patient_id"],
  ],
  [
    "a hidden column named population",
    {
      columns: {
        a: ["satisfying", { expression: "a2", extra_columns: { population: age, a2: age } }],
      },
    },
    "reserved-column-name",
    ["population"],
  ],
  [
    "a name used twice, once hidden",
    { columns: { a: [...age], b: ["satisfying", { expression: "a", extra_columns: { a: age } }] } },
    "duplicate-column",
    ['"a"'],
  ],
  [
    "an implied date column that is there already",
    { columns: { a_date: [...age], a: [...events({ include_date_of_match: true })] } },
    "duplicate-column",
    ['"a_date"', "flag"],
  ],
  [
    "no reference date",
    { columns: { a: ["age_as_of", {}] } },
    "argument-missing",
    ["referenceDate"],
  ],
  [
    "no returning where it must be chosen",
    { columns: { a: ["household_as_of", { reference_date: "2020-02-01" }] } },
    "argument-missing",
    ["household_size"],
  ],
  [
    "a least age that is no number",
    { columns: { a: ["most_recent_bmi", { minimum_age_at_measurement: "old" }] } },
    "argument-wrong",
    ["a number"],
  ],
  [
    "a between of three dates",
    { columns: { a: [...events({ between: ["2020-01-01", "2020-01-02", "2020-01-03"] })] } },
    "argument-wrong",
    ["two dates"],
  ],
  [
    "between beside on_or_after",
    { columns: { a: [...events({ between: ["2020-01-01", null], on_or_after: "2020-01-01" })] } },
    "options-conflict",
    ["between"],
  ],
  [
    "date_format beside include_day",
    { columns: { a: [...events({ returning: "date", date_format: "YYYY", include_day: true })] } },
    "options-conflict",
    ["dateFormat"],
  ],
  [
    "a misspelt returning",
    { columns: { a: [...events({ returning: "numeric_valeu" })] } },
    "unsupported-choice",
    ['Nearest: "numeric_value"'],
  ],
  [
    "the NHS England region",
    {
      columns: {
        a: ["registered_practice_as_of", { date: "2020-01-01", returning: "nhse_region_name" }],
      },
    },
    "unsupported-choice",
    ["nuts1_region_name"],
  ],
  [
    "a date format that does not exist",
    { columns: { a: [...date("YYYY-DD")] } },
    "unsupported-choice",
    ["YYYY-MM-DD"],
  ],
  [
    "a birth date to the day",
    { columns: { a: ["date_of_birth", { date_format: "YYYY-MM-DD" }] } },
    "unsupported-choice",
    ["dateFormat"],
  ],
  [
    "an unknown trial property",
    {
      columns: {
        a: ["registered_practice_as_of", { date: "2020-01-01", returning: "rct__germdefence__x" }],
      },
    },
    "unsupported-choice",
    ["rct__germdefence__x"],
  ],
  [
    "codes of the wrong system",
    { columns: { a: ["with_these_medications", { codelist: coded }] } },
    "codelist-system",
    ['"ctv3"', "snomed"],
  ],
  [
    "ignored days in codes of hospitals",
    {
      columns: {
        a: [...events({ ignore_days_where_these_codes_occur: { system: "icd10", codes: ["A"] } })],
      },
    },
    "codelist-system",
    ["ignoreDays"],
  ],
  [
    "a category of an uncategorised codelist",
    { columns: { a: [...events({ returning: "category" })] } },
    "codelist-categories",
    ["no categories"],
  ],
  [
    "a circle",
    {
      columns: {
        a: ["satisfying", { expression: "b" }],
        b: [...events({ on_or_after: "c" })],
        c: ["date_of", { source: "a" }],
      },
    },
    "column-cycle",
    ["a → b → c → a"],
  ],
  [
    "a source that is not there",
    { columns: { agee: [...age], low: ["minimum_of", { column_names: ["age"] }] } },
    "unknown-source",
    ['Nearest: "agee"'],
  ],
  [
    "a date of a column without records",
    { columns: { a: ["date_of", { source: "b" }], b: ["sex"] } },
    "unsuitable-source",
    ["sex"],
  ],
  [
    "a date of episodes",
    {
      columns: {
        a: ["date_of", { source: "b" }],
        b: [...events({ returning: "number_of_episodes" })],
      },
    },
    "unsuitable-source",
    ["number_of_episodes"],
  ],
  [
    "a comparator of a count",
    { columns: { a: ["comparator_from", { source: "b" }], b: [...events()] } },
    "unsuitable-source",
    ["numeric_value"],
  ],
  [
    "a date relative to a year",
    { columns: { a: [...date("YYYY")], b: [...events({ on_or_after: "a + 1 day" })] } },
    "date-too-coarse",
    ['"a"', "YYYY-MM-DD"],
  ],
  [
    "a date relative to a number",
    { columns: { a: [...age], b: [...events({ on_or_after: "a" })] } },
    "date-of-not-a-date",
    ["int"],
  ],
  ["an aggregate of nothing", { columns: { a: ["minimum_of", {}] } }, "no-sources", ["minimumOf"]],
  [
    "an aggregate of an int and a text",
    { columns: { a: [...age], b: ["sex"], c: ["maximum_of", { column_names: ["a", "b"] }] } },
    "mixed-source-types",
    ["a is int", "b is str"],
  ],
  [
    "an aggregate of two date formats",
    {
      columns: {
        a: [...date("YYYY-MM")],
        b: [...date("YYYY-MM-DD")],
        c: ["minimum_of", { column_names: ["a", "b"] }],
      },
    },
    "mixed-date-formats",
    ["'b' has format 'YYYY-MM-DD' and 'a' has 'YYYY-MM'"],
  ],
  [
    "categories without a default",
    {
      columns: {
        y: [...age],
        a: [
          "categorised_as",
          {
            category_definitions: {
              $pairs: [
                ["A", "y"],
                ["B", "y"],
              ],
            },
          },
        ],
      },
    },
    "category-default-count",
    ["no"],
  ],
  [
    "two defaults",
    {
      columns: {
        a: [
          "categorised_as",
          {
            category_definitions: {
              $pairs: [
                ["A", "DEFAULT"],
                ["B", "DEFAULT"],
              ],
            },
          },
        ],
      },
    },
    "category-default-count",
    ["2"],
  ],
  [
    "categories of number and text",
    {
      columns: {
        y: [...age],
        a: [
          "categorised_as",
          {
            category_definitions: {
              $pairs: [
                [1, "y"],
                ["B", "DEFAULT"],
              ],
            },
          },
        ],
      },
    },
    "category-types",
    ["int, str"],
  ],
  [
    "a category that is no existing day",
    {
      columns: {
        a: ["categorised_as", { category_definitions: { $pairs: [["2020-02-30", "DEFAULT"]] } }],
      },
    },
    "category-types",
    ["YYYY-MM-DD"],
  ],
  ["a population that is an age", { population: [...age] }, "population-type", ["int"]],
  ["an index date that is today", { index_date: "today" }, "bad-index-date", ["YYYY-MM-DD"]],
  ["an index date that does not exist", { index_date: "2021-02-29" }, "bad-index-date", []],
]);
