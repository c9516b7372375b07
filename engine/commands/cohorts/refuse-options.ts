/** What can be known of a command's options before anything runs. */
import { parseIsoDate } from "../../base/dates.ts";
import type { IsoDate } from "../../base/dates.ts";
import { measureFormats } from "../../base/file-names.ts";
import { parseIndexDates } from "../../definition/dates/parse-index-dates.ts";
import { cohortRequests } from "./cohort-request.ts";
import type { CohortOptions } from "./cohort-request.ts";
import type { MeasureOptions } from "../generate-measures.ts";
import { knownFormat } from "../known-format.ts";

/** Problems: those of the command. */
export function refuseOptions(command: string, options: Readonly<Record<string, unknown>>): void {
  if (command === "generate_measures") {
    const { outputFormat } = options as MeasureOptions;
    knownFormat(outputFormat ?? "csv", measureFormats);
    return;
  }
  const asked = options as CohortOptions;
  const name = asked.studyDefinition ?? "study_definition";
  cohortRequests(asked, [{ name, suffix: "", file: "" }], ANY_DATABASE);
  parseIndexDates(asked.indexDateRange ?? "", ANY_DAY);
}

/** Where patients come from is said when the project is run, and the day is not known before. */
const ANY_DATABASE = "duckdb:records.duckdb";
const ANY_DAY = parseIsoDate("2100-01-01") as IsoDate;
