/** Tests for SARS-CoV-2. */
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { covidTests } from "../../definition/functions/covid-tests.ts";
import { field, integer, text } from "../model/value.ts";
import type { Test, Value } from "../model/value.ts";
import { aggregateOf, byDate, matching } from "./dated-rows.ts";
import { periodWindow } from "./lower-date.ts";
import type { Lowered, LowerFamily, Lowering } from "./lowering.ts";

type TestColumn = CheckedColumn<"with_test_result_in_sgss">;

const positive: Test = { kind: "is-true", of: field("is_positive") };

const results: { readonly [R in TestColumn["args"]["test_result"]]: readonly Test[] } = {
  any: [],
  positive: [positive],
  negative: [{ kind: "not", of: positive }],
};

/** Tests of one day: the lowest value of what is asked for. */
function lowerTest(column: TestColumn, to: Lowering): Lowered {
  const { restrict_to_earliest_specimen_date: first, test_result: result, returning } = column.args;
  const rows = matching(first ? "first_covid_tests" : "all_covid_tests", ...results[result]);
  const window = periodWindow(column, "taken_on", to);
  if (returning === "number_of_matches_in_period") {
    return { value: aggregateOf({ rows, window }, { kind: "rows" }, to) };
  }
  const isFlagOrDate = returning === "binary_flag" || returning === "date";
  // The negative tables hold missing where the positive ones may hold "".
  const asked: readonly Value[] = isFlagOrDate
    ? []
    : [{ kind: "coalesce", of: field(returning), otherwise: text("") }];
  const picked = to.summary(rows, window, {
    kind: "pick",
    take: { value: asked[0] ?? integer(1), date: field("taken_on") },
    order: byDate(column, "taken_on", ...asked),
  });
  const value = returning === "date" ? picked("date") : picked();
  return { value, aspects: { date: picked("date") } };
}

export const lowerCovidTests: LowerFamily<typeof covidTests> = {
  with_test_result_in_sgss: lowerTest,
};
