/** `with_test_result_in_sgss`. */
import type { covidTests } from "../../engine/definition/functions/covid-tests.ts";
import { findsFirst, ownRows } from "./asked.ts";
import type { AnswerFamily, Asked } from "./asked.ts";
import { isAmong, sameText } from "./fold-text.ts";
import { found, nothing } from "./found.ts";
import type { Found } from "./found.ts";
import { periodOf } from "./in-period.ts";
import { pick } from "./order.ts";
import { day, text } from "./row.ts";
import type { Row } from "./row.ts";

interface Test {
  readonly row: Row;
  readonly positive: boolean;
  readonly day: ReturnType<typeof day>;
}

function testInSgss(asked: Asked<"with_test_result_in_sgss">): Found {
  const inPeriod = periodOf(asked);
  const tests = testsOf(asked).filter((test) => inPeriod(test.day));
  if (tests.length === 0) return nothing;
  if (asked.column.args.returning === "number_of_matches_in_period") return found(tests.length);
  const winner = pick(tests, {
    first: findsFirst(asked),
    at: (test) => test.day,
    ties: (test) => [fact(test, asked.column.args.returning)],
  });
  return winner === null ? nothing : found(fact(winner, asked.column.args.returning), winner.day);
}

function testsOf(asked: Asked<"with_test_result_in_sgss">): readonly Test[] {
  const { restrict_to_earliest_specimen_date: earliest } = asked.column.args;
  const dataset = earliest ? "SGSS" : "SGSS_AllTests";
  const dated = earliest ? "Earliest_Specimen_Date" : "Specimen_Date";
  const wanted = asked.column.args.test_result;
  const results = ["Positive", "Negative"].filter(
    (result) => wanted === "any" || wanted === result.toLowerCase(),
  );
  return results.flatMap((result) =>
    ownRows(asked, `${dataset}_${result}`).map((row) => ({
      row,
      positive: result === "Positive",
      day: day(row, dated),
    })),
  );
}

function fact({ row, positive, day: on }: Test, name: string): string | number | null {
  switch (name) {
    case "binary_flag":
      return 1;
    case "date":
      return on;
    case "s_gene_target_failure":
      return positive ? text(row, "SGTF") : "";
    case "case_category":
      return text(row, "CaseCategory");
    case "variant":
      return positive ? variant(text(row, "Variant")) : "";
    case "variant_detection_method":
      return positive ? text(row, "VariantDetectionMethod") : "";
    default:
      return symptomatic(text(row, "Symptomatic"), positive);
  }
}

function variant(recorded: string | null): string {
  if (recorded === null || isAmong(recorded, ["(blank)", "none", "N/A"])) return "";
  return sameText(recorded, "VOC-20DEC-01 detected") ? "VOC-20DEC-01" : recorded;
}

function symptomatic(recorded: string | null, positive: boolean): string {
  const [yes, no] = positive ? ["Y", "N"] : ["true", "false"];
  return sameText(recorded, yes) ? "Y" : sameText(recorded, no) ? "N" : "";
}

export const answerCovidTests: AnswerFamily<typeof covidTests> = {
  with_test_result_in_sgss: testInSgss,
};
