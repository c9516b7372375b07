import { refuses } from "./refusals.ts";
import { events } from "./study-of.ts";

refuses("functions", [
  [
    "a function no database answers",
    {
      columns: {
        a: ["with_complete_history_between", { start_date: "2020-01-01", end_date: "2020-02-01" }],
      },
    },
    "function-not-available",
    ["withCompleteGpConsultationHistoryBetween"],
  ],
  [
    "a deprivation rank that is not rounded",
    {
      columns: {
        a: ["address_as_of", { date: "2020-01-01", returning: "index_of_multiple_deprivation" }],
      },
    },
    "options-conflict",
    ["roundToNearest: 100"],
  ],
  [
    "households on another day",
    {
      columns: {
        a: ["household_as_of", { reference_date: "2020-03-01", returning: "household_size" }],
      },
    },
    "options-conflict",
    ["2020-02-01"],
  ],
  [
    "an episode that is not one",
    {
      columns: {
        a: [...events({ returning: "number_of_episodes", episode_defined_as: "a fortnight" })],
      },
    },
    "options-conflict",
    ["series of events"],
  ],
  [
    "an episode of something else",
    {
      columns: { a: [...events({ episode_defined_as: "series of events each <= 3 days apart" })] },
    },
    "options-conflict",
    ["number_of_episodes"],
  ],
  [
    "first and last frailty index",
    {
      columns: {
        a: [
          "with_these_decision_support_values",
          {
            algorithm: "electronic_frailty_index",
            find_first_match_in_period: true,
            find_last_match_in_period: true,
          },
        ],
      },
    },
    "options-conflict",
    ["first and the last"],
  ],
  [
    "a total of the first admission",
    {
      columns: {
        a: [
          "admitted_to_hospital",
          { returning: "total_bed_days_in_period", find_first_match_in_period: true },
        ],
      },
    },
    "options-conflict",
    ["total"],
  ],
  [
    "an indication nobody has",
    { columns: { a: ["with_covid_therapeutics", { with_these_indications: ["foo"] }] } },
    "options-conflict",
    ["'foo' is not a valid indication"],
  ],
  [
    "a variant among earliest tests",
    {
      columns: {
        a: ["with_test_result_in_sgss", { pathogen: "SARS-CoV-2", returning: "variant" }],
      },
    },
    "options-conflict",
    ["restrictToEarliestSpecimenDate"],
  ],
  [
    "a case category of any test",
    {
      columns: {
        a: ["with_test_result_in_sgss", { pathogen: "SARS-CoV-2", returning: "case_category" }],
      },
    },
    "options-conflict",
    ["positive"],
  ],
  [
    "an ISARIC period without its date",
    {
      columns: {
        a: ["with_an_isaric_record", { returning: "sex", between: ["2020-01-01", null] }],
      },
    },
    "options-conflict",
    ["dateFilterColumn"],
  ],
  [
    "a value from a file of another kind",
    { columns: { a: ["which_exist_in_file", { f_path: "a.feather" }] } },
    "options-conflict",
    ["csv"],
  ],
  [
    "an unnamed column of a file",
    {
      columns: {
        a: ["with_value_from_file", { f_path: "a.csv", returning: "b c", returning_type: "int" }],
      },
    },
    "options-conflict",
    ["b c"],
  ],
  [
    "a sample of nobody",
    { columns: { a: ["random_sample", { percent: 0 }] } },
    "options-conflict",
    ["percent"],
  ],
]);
