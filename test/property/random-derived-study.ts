/** Random studies with derived dummy data: drawn columns of every type, and columns made of them. */
import fc from "fast-check";
import { checkStudy } from "../../engine/definition/check/check-study.ts";
import type { CheckedStudy } from "../../engine/definition/checked-study.ts";
import { studyFileFromJson } from "../../engine/definition/json/study-json.ts";
import { combinedColumns } from "./random-combined-columns.ts";
import type { Definition, Draft } from "./random-draft.ts";
import type { Before } from "./random-window.ts";

const codelist = { system: "ctv3", codes: ["X"] };
const everybody = { rate: "universal" };
const window = { between: ["2019-03-01", "index_date"] };

function events(returning: string, args: object = {}): Definition {
  return { function: "with_these_clinical_events", args: { codelist, returning, ...args } };
}

/** Sources of every type and of every way to be empty. */
const drawn: Readonly<Record<string, Definition>> = {
  sex: { function: "sex", args: {} },
  age: {
    function: "age_as_of",
    args: {
      reference_date: "index_date",
      return_expectations: { ...everybody, int: { distribution: "population_ages" } },
    },
  },
  imd: {
    function: "address_as_of",
    args: {
      date: "index_date",
      returning: "index_of_multiple_deprivation",
      round_to_nearest: 100,
      return_expectations: { category: { ratios: { 0: 0.2, 100: 0.4, 200: 0.4 } } },
    },
  },
  flag: events("binary_flag", { ...window, include_date_of_match: true, date_format: "YYYY-MM" }),
  times: events("number_of_matches_in_period", { on_or_before: "index_date" }),
  level: events("numeric_value", { on_or_after: "index_date - 1 year" }),
  day: events("date", { date_format: "YYYY-MM-DD", on_or_before: "index_date" }),
  first_day: events("date", {
    date_format: "YYYY-MM-DD",
    find_first_match_in_period: true,
    on_or_before: "index_date",
  }),
  month: events("date", { date_format: "YYYY-MM", between: ["index_date - 1 year", "index_date"] }),
};

const defaults = {
  date: { earliest: "2017-01-01", latest: "index_date" },
  incidence: 0.6,
  int: { distribution: "poisson", mean: 2 },
  float: { distribution: "normal", mean: 70, stddev: 30 },
  category: { ratios: { M: 0.3, "south west": 0.2, "SOUTH WEST ": 0.2, "A ": 0.1, "": 0.2 } },
};

const made = fc.array(
  fc.oneof(...combinedColumns.map(([weight, arbitrary]) => ({ weight, arbitrary }))),
  { minLength: 1, maxLength: 6 },
);

/** Null where the check refuses what came out, as a comparison that mixes types. */
export const randomDerivedStudy: fc.Arbitrary<CheckedStudy | null> = made.map((drafts) => {
  const columns: Record<string, Definition> = { ...drawn };
  for (const [i, draft] of drafts.entries()) addColumn(columns, draft, `made_${i + 1}`);
  const result = checked(columns);
  return result.ok ? result.study : null;
});

function addColumn(columns: Record<string, Definition>, draft: Draft, name: string): void {
  const result = checked(columns);
  const known: readonly Before[] = (result.ok ? result.study : result.partial).columns;
  columns[name] = draft(
    known.filter((column) => column.name !== "population"),
    name,
  );
}

function checked(columns: Readonly<Record<string, Definition>>) {
  const study = {
    index_date: "2020-02-01",
    default_expectations: defaults,
    dummy_data: "derived",
    population: { function: "all", args: {} },
    columns,
    column_order: Object.keys(columns),
  };
  return checkStudy("study_definition", studyFileFromJson({ study, measures: [] }));
}
