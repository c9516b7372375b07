/** What can be wrong with a request for cohorts before anything runs. */
import { parseIsoDate } from "../../base/dates.ts";
import type { IsoDate } from "../../base/dates.ts";
import { ProblemError } from "../../base/problems.ts";
import { parseIndexDates } from "../../definition/dates/parse-index-dates.ts";
import type { RequestOf } from "../../options/command-table.ts";
import { plannedCohorts } from "./planned-cohorts.ts";

/** The first contradiction or index date that is none, in words; null where there is none. */
export function contradictionIn(request: RequestOf<"generate_cohort">): string | null {
  const name = request.studyDefinition;
  try {
    plannedCohorts(request, [{ name, suffix: "", file: "" }], ANY_DATABASE);
    parseIndexDates(request.indexDateRange ?? "", ANY_DAY);
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.problems[0]?.message ?? "";
    throw error;
  }
}

/** Where patients come from is said when the project is run, and the day is not known before. */
const ANY_DATABASE = "duckdb:records.duckdb";
const ANY_DAY = parseIsoDate("2100-01-01") as IsoDate;
