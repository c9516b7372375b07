import type { RequestOf } from "../../engine/options/command-table.ts";
import { readWords } from "../../engine/options/read-words.ts";
import { mismatch } from "./case.ts";

/** The words of a case, read as the command line reads them. */
export function cohortRequestIn(argv: readonly string[]): RequestOf<"generate_cohort"> {
  const request = readWords(argv, "0.0.0");
  return request?.command === "generate_cohort"
    ? request
    : mismatch(`no request for cohorts: ${argv.join(" ")}`);
}
