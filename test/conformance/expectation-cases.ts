/** expectations/: how columns are planned and drawn, one function at a time. */
import { ProblemError } from "../../engine/base/problems.ts";
import { checkCategoryRatios } from "../../engine/definition/expectations/expectation-categories.ts";
import type { CategoryMapping } from "../../engine/definition/expectations/expectation-categories.ts";
import type { Codelist } from "../../engine/definition/model.ts";
import { columnPlan } from "../../engine/definition/expectations/expectation-plan.ts";
import type { PlannedColumn } from "../../engine/definition/expectations/expectation-plan.ts";
import { expectEqual, expectProblem } from "./case.ts";
import type { Recorded } from "./case.ts";
import { dummyTable } from "./dummy-table.ts";
import { studyForDummyData, studyOf } from "./study-of-case.ts";
import { checkDraws } from "./table-checks.ts";
import type { TableCheck } from "./table-checks.ts";

/** operation column_plan: told in the words of a data frame reader. */
export function columnPlanCase(recorded: Recorded): Promise<void> {
  const plan = columnPlan(studyOf(recorded));
  const { column_plan: expected } = recorded["expect"] as { column_plan: Recorded };
  const dates = plan.filter(({ kind }) => kind === "date");
  const others = plan.filter(({ kind }) => kind !== "date");
  const told: Recorded = {
    dtype: record(
      others,
      ({ kind }) =>
        ({ int: "Int64", float: "float", category: "category", bool: "Int64", date: "" })[kind],
    ),
    parse_dates: dates.map(({ name }) => name),
    date_col_for: record(
      plan.filter(({ datedBy }) => datedBy !== null),
      ({ datedBy }) => datedBy,
    ),
    converters: record(
      dates.filter(({ dateFormat }) => dateFormat !== "YYYY-MM-DD"),
      converter,
    ),
  };
  for (const [key, value] of Object.entries(expected)) expectEqual(told[key], value, key);
  return Promise.resolve();
}

function record(columns: readonly PlannedColumn[], of: (column: PlannedColumn) => unknown) {
  return Object.fromEntries(columns.map((column) => [column.name, of(column)]));
}

function converter({ dateFormat }: PlannedColumn): string {
  return dateFormat === "YYYY-MM" ? "add_day_to_date" : "add_month_and_day_to_date";
}

/** operation generate_columns: each kind of value as a column of its own. */
export async function generateColumnsCase(recorded: Recorded): Promise<void> {
  const expectations = recorded["return_expectations"] as Recorded;
  const codelist = { system: "ctv3", codes: ["X"] };
  const events = (args: Recorded) => ({
    function: "with_these_clinical_events",
    args: { codelist, ...args, return_expectations: expectations },
  });
  const columns: Record<string, Recorded> = {};
  if (expectations["rate"] !== "universal") {
    columns["date"] = events({ returning: "date", date_format: "YYYY-MM-DD" });
  }
  if (expectations["int"] !== undefined) {
    columns["int"] = events({ returning: "number_of_matches_in_period" });
  }
  if (expectations["float"] !== undefined)
    columns["float"] = events({ returning: "numeric_value" });
  if (expectations["bool"] !== undefined) columns["bool"] = events({ returning: "binary_flag" });
  if (expectations["category"] !== undefined) {
    columns["category"] = { function: "sex", args: { return_expectations: expectations } };
  }
  const population = { function: "all", args: {} };
  const study = studyForDummyData({ population, columns, column_order: Object.keys(columns) });
  const patients = recorded["population_size"] as number;
  const table = await dummyTable(study, { patients });
  const { checks } = recorded["expect"] as { checks: TableCheck[] };
  await checkDraws(checks, table, (seed) => dummyTable(study, { patients, seed }));
}

interface RatioStep {
  readonly args: Readonly<Record<string, unknown>>;
  readonly expect_error?: unknown;
}

/** operation validate_category_expectations. */
export async function categoryRatiosCase(recorded: Recorded): Promise<void> {
  for (const { args, expect_error: error } of recorded["cases"] as RatioStep[]) {
    const act = () => {
      ratiosChecked(args);
    };
    if (error === undefined) act();
    else await expectProblem(error, act);
  }
}

function ratiosChecked({
  codelist,
  category_definitions: definitions,
  ...args
}: RatioStep["args"]) {
  const expectations = args["return_expectations"] as { category: { ratios: CategoryMapping } };
  const unknown = checkCategoryRatios({
    codelist: codelist as Codelist | null,
    categoryDefinitions: definitions as CategoryMapping | null,
    ratios: expectations.category.ratios,
  });
  // The checker turns unknown ratios into a problem of their column; here there is no column.
  const message = `ratios of ${unknown.join(", ")}`;
  if (unknown.length > 0) {
    throw new ProblemError([{ code: "unavailable-category", message, hint: "", exitCode: 1 }]);
  }
}

interface FilterStep {
  readonly series: readonly number[];
  readonly between: readonly [number | null, number | null];
  readonly expect: readonly number[];
}

/** operation filter_by_range: dates of a fixed period, with days for the recorded numbers. */
export async function filterByRangeCase(recorded: Recorded): Promise<void> {
  const day = (n: number): string => `2020-01-${String(n + 1).padStart(2, "0")}`;
  for (const { series, between, expect } of recorded["cases"] as FilterStep[]) {
    const [from, to] = between.map((end) => (end === null ? null : day(end)));
    const column = {
      function: "with_these_clinical_events",
      args: {
        codelist: { system: "ctv3", codes: ["X"] },
        returning: "date",
        date_format: "YYYY-MM-DD",
        between: [from, to],
        return_expectations: {
          rate: "uniform",
          incidence: 1,
          // Offsets run from 0 to one below the range, counted back from the latest day.
          date: { earliest: "2019-12-31", latest: day(series.length - 1) },
        },
      },
    };
    const population = { function: "all", args: {} };
    const study = studyForDummyData({ population, columns: { d: column }, column_order: ["d"] });
    const table = await dummyTable(study, { patients: 2000 });
    const found = [...new Set(table.get("d"))].filter((text) => text !== "").sort();
    expectEqual(found, expect.map(day), "dates in the period");
  }
}
