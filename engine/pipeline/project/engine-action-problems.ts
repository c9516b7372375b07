/** Problems of actions of project.yaml that the engine performs, and of those that make data sets. */
import { kind } from "../../base/problem-kind.ts";
import { quotedList } from "../../base/wording.ts";
import type { OfAction, OfPattern } from "./problems.ts";

export const engineActionProblems = {
  "cohort-command": kind<OfAction & { readonly reason: string }>(
    1,
    ({ action, reason }) => `Cannot parse the run: of action ${action}: ${reason}`,
    () => "Each has --help: cohortline generate_cohort --help, cohortline cohort_joiner --help.",
  ),
  "cohort-output-missed": kind<OfPattern & { readonly written: string }>(
    1,
    ({ action, pattern, written }) =>
      `Output ${JSON.stringify(pattern)} of ${action} matches no file that its command writes, such as ${JSON.stringify(written)}`,
    () => "Declare what the command writes, or change where it writes: --output-dir and others.",
  ),
  "cohort-output-dir-replaced": kind<OfAction & { readonly given: string; readonly into: string }>(
    1,
    ({ action, given, into }) =>
      `Action ${action} writes to ${JSON.stringify(into)}, where its outputs are declared, and not to ${JSON.stringify(given)} as its --output-dir says`,
  ),
  "joined-in-place": kind<OfAction & { readonly folder: string }>(
    1,
    ({ action, folder }) =>
      `Action ${action} would put joined files where their inputs are: ${JSON.stringify(folder)}`,
    () => "Choose another folder, such as --output-dir output/joined.",
  ),
  "cohort-levels": kind<OfAction & { readonly levels: number }>(
    1,
    ({ action, levels }) =>
      `Action ${action} makes cohorts, so its outputs are of one level; they are of ${levels}`,
    () =>
      "Cohort files are highly_sensitive; only attrition*.csv of --attrition may be moderately_sensitive, without --exact-attrition.",
  ),
  "cohort-level-low": kind<OfAction>(
    1,
    ({ action }) => `The cohorts of ${action} are not highly_sensitive`,
    () => "Cohort files hold a row for each patient: declare them under highly_sensitive.",
  ),
  "cohort-folders": kind<OfAction & { readonly folders: readonly string[] }>(
    1,
    ({ action, folders }) =>
      `Action ${action} writes cohorts to one folder; its outputs lie in ${quotedList(folders)}`,
    () => "Put them in one folder, or say --output-dir.",
  ),
  "exact-report-level": kind<OfPattern & { readonly level: string }>(
    1,
    ({ action, pattern, level }) =>
      `Output ${JSON.stringify(pattern)} of ${action} is ${level} and would show exact numbers of patients`,
    () => "Declare it under highly_sensitive, or leave out --exact: counts are then rounded.",
  ),
  "measures-page-withheld": kind<
    OfPattern & { readonly level: string; readonly maker: string; readonly measures: string }
  >(
    1,
    ({ action, pattern, level, maker, measures }) =>
      `Output ${JSON.stringify(pattern)} of ${action} is ${level} and will be withheld: it draws ${JSON.stringify(measures)} of ${maker}, declared highly_sensitive`,
    () =>
      "Declare the page highly_sensitive too, or the measures moderately_sensitive if they may be seen.",
  ),
  "dataset-level": kind<OfPattern>(
    1,
    ({ action, pattern }) =>
      `Output ${JSON.stringify(pattern)} of ${action} is a data set and must be highly_sensitive`,
  ),
  "dataset-output": kind<OfAction & { readonly given: string | null }>(
    1,
    ({ action, given }) =>
      given === null
        ? `Action ${action} makes a data set and does not say --output`
        : `The --output of ${action}, ${JSON.stringify(given)}, is not what it declares`,
    () => "Declare the same path under highly_sensitive and in --output.",
  ),
} as const;
