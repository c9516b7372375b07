/** What can be wrong with a request for cohorts or measures before anything runs. */
import { parseIsoDate } from "../../base/dates.ts";
import type { IsoDate } from "../../base/dates.ts";
import { ProblemError } from "../../base/problems.ts";
import { parseIndexDates } from "../../definition/dates/parse-index-dates.ts";
import type { RequestOf } from "../../options/command-table.ts";
import { recordsToMeasure } from "../measures/records-to-measure.ts";
import { plannedCohorts } from "./planned-cohorts.ts";

/** The first contradiction or index date that is none, in words; null where there is none. */
export function contradictionIn(request: RequestOf<"generate_cohort">): string | null {
  const name = request.studyDefinition;
  return firstOf(() => {
    plannedCohorts(request, [{ name, suffix: "", file: "" }], ANY_DATABASE);
    parseIndexDates(request.indexDateRange ?? "", ANY_DAY);
  });
}

/** The same of measures, whether of cohort files or without them. */
export function measureContradictionIn(request: RequestOf<"generate_measures">): string | null {
  return firstOf(() => recordsToMeasure(request, ANY_DATABASE, ANY_DAY));
}

function firstOf(check: () => unknown): string | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.problems[0]?.message ?? "";
    throw error;
  }
}

/** Where patients come from is said when the project is run, and the day is not known before. */
const ANY_DATABASE = "duckdb:records.duckdb";
const ANY_DAY = parseIsoDate("2100-01-01") as IsoDate;
