/** Which code performs which kind of recorded case. */
import { ProblemError } from "../../engine/base/problems.ts";
import { auditCase } from "./audit-cases.ts";
import { failed, Mismatch, passed } from "./case.ts";
import type { Outcome, Recorded, RecordedCase } from "./case.ts";
import { codelistCase } from "./codelist-cases.ts";
import * as database from "./database-cases.ts";
import * as dummy from "./dummy-data-cases.ts";
import { evaluators } from "./evaluators.ts";
import * as expectations from "./expectation-cases.ts";
import { extractionCase } from "./extraction-cases.ts";
import { dateCase, expressionCase } from "./language-cases.ts";
import { derivedMeasureFilesCase, measureFileCase } from "./measure-file-cases.ts";
import { measureTableCase } from "./measure-table-cases.ts";
import { measuresFromDummyDataCase } from "./measures-from-dummy-cases.ts";
import { paramsCase } from "./param-cases.ts";
import * as ranges from "./range-cases.ts";

type Perform = (recorded: Recorded) => Promise<void>;

/** By operation, where the case names one. */
const byOperation: Readonly<Record<string, Perform>> = {
  generate_measures: measureFileCase,
  measure_files: derivedMeasureFilesCase,
  measure_files_from_dummy_data: measuresFromDummyDataCase,
  define: dummy.defineCase,
  extract: dummy.extractCase,
  dummy_data: dummy.dummyDataCase,
  dummy_data_then_use_as_dummy_data_file: dummy.useDummyFileCase,
  use_dummy_data_file: dummy.useDummyFileCase,
  validate_dummy_data: dummy.validateDummyFileCase,
  column_plan: expectations.columnPlanCase,
  generate_columns: expectations.generateColumnsCase,
  validate_category_expectations: expectations.categoryRatiosCase,
  filter_by_range: expectations.filterByRangeCase,
  generate_cohort_command: ranges.cohortCommandCase,
  index_dates: ranges.indexDatesCase,
  output_file_name: ranges.fileNamesCase,
  study_parameter: paramsCase,
  list_study_definitions: ranges.discoveryCase,
};

/** By the function of the first step, where the case is a list of calls. */
const byFunction: Readonly<Record<string, Perform>> = {
  evaluate_date_expression: dateCase,
  format_expression: expressionCase,
  codelist: codelistCase,
  codelist_from_csv: codelistCase,
  combine_codelists: codelistCase,
  filter_codes_by_category: codelistCase,
  expand_dmd_codelist: codelistCase,
  quote: database.quoteCase,
  modify_dsn: database.optOutCase,
};

/** Runs one case. A case of a kind that nothing here performs is skipped, saying so. */
export async function perform(recorded: RecordedCase): Promise<Outcome> {
  const act = performer(recorded);
  if (act === null) return { outcome: "skipped", why: "no part of the engine answers this yet" };
  return outcomeOf(act, recorded);
}

/** Runs one case of records and a study by what is given; other cases are skipped. */
export async function performBy(act: Perform, recorded: RecordedCase): Promise<Outcome> {
  if (performer(recorded) === byAllEvaluators) return outcomeOf(act, recorded);
  return { outcome: "skipped", why: "nothing of this asks a database" };
}

async function outcomeOf(act: Perform, recorded: RecordedCase): Promise<Outcome> {
  try {
    await act(recorded);
    return passed;
  } catch (error) {
    if (error instanceof Mismatch) return failed(error.message);
    if (error instanceof ProblemError) return failed(`problem: ${error.message}`);
    return failed(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

function performer(recorded: RecordedCase): Perform | null {
  const { operation, measure, cases, tables, columns, ...more } = recorded as Readonly<
    Record<string, unknown>
  >;
  if (typeof operation === "string") return byOperation[operation] ?? null;
  if (Array.isArray(more["releases"])) return auditCase;
  if (measure !== undefined) return measureTableCase;
  if (tables !== undefined && columns !== undefined) return byAllEvaluators;
  if (more["query_rows"] !== undefined) return database.duplicateIdsCase;
  if (saysOfEach(more["steps"], "tables")) return database.maintenanceCase;
  if (saysOfEach(cases, "fragment")) return database.likeCase;
  const [first] = (Array.isArray(cases) ? cases : []) as { readonly function?: string }[];
  return byFunction[first?.function ?? ""] ?? null;
}

/** Whether it is a list whose members all have the key. */
function saysOfEach(steps: unknown, key: string): boolean {
  return Array.isArray(steps) && steps.every((step: Recorded) => step[key] !== undefined);
}

/** An extraction holds only if every way of answering it does. */
async function byAllEvaluators(recorded: Recorded): Promise<void> {
  // The oracle knows no tables of EMIS, and refuses nothing of OMOP.
  const isOther =
    recorded["schema"] === "emis" ||
    (recorded["schema"] === "omop" && recorded["expect_error"] !== undefined);
  const { index_dates: dates = [] } = recorded as { readonly index_dates?: readonly string[] };
  for (const { name, extract, isOracle, isDateByDate } of evaluators) {
    // Of one date, "in one pass" and "one after the other" are the same.
    if ((isOther && isOracle) || (isDateByDate && dates.length < 2)) continue;
    try {
      await extractionCase(extract)(recorded);
    } catch (error) {
      if (error instanceof Mismatch) throw new Mismatch(`${name}: ${error.message}`);
      throw error;
    }
  }
}
