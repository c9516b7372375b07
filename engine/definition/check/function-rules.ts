/** Rules of single functions that no kind of argument can state. */
import type { FunctionName } from "../function-table.ts";
import type { Checking, Draft } from "./draft.ts";
import { checkCodelists } from "./codelist-rules.ts";
import { checkDataset } from "./dataset-rules.ts";
import { reportConflict } from "./report-conflict.ts";
import { problem } from "../problems.ts";
import { factsOf } from "./check-arguments.ts";

type Rule = (draft: Draft, checking: Checking) => void;

const rules: { readonly [Name in FunctionName]?: readonly Rule[] } = {
  with_complete_history_between: [checkHistory],
  address_as_of: [checkAddress],
  household_as_of: [checkHousehold],
  with_these_clinical_events: [checkCodelists, checkEpisodes],
  with_these_medications: [checkCodelists, checkEpisodes],
  mean_recorded_value: [checkCodelists],
  min_recorded_value: [checkCodelists],
  max_recorded_value: [checkCodelists],
  with_these_codes_on_death_certificate: [checkCodelists],
  admitted_to_hospital: [checkCodelists, checkDataset],
  outpatient_appointment_date: [checkCodelists],
  with_covid_therapeutics: [checkDataset, checkEpisodes],
  with_these_decision_support_values: [checkDataset],
  with_test_result_in_sgss: [checkDataset],
  with_an_isaric_record: [checkDataset],
  with_ethnicity_from_sus: [checkDataset],
  random_sample: [checkDataset],
  with_value_from_file: [checkFile],
  which_exist_in_file: [checkFile],
};

export function checkFunctionRules(draft: Draft, checking: Checking): void {
  for (const rule of rules[draft.function] ?? []) rule(draft, checking);
}

const EPISODE = /^series of events each <= \d+ days apart$/;
const notWithEpisodes = [
  "find_first_match_in_period",
  "find_last_match_in_period",
  "include_date_of_match",
];

/** How episodes are asked for, and what does not go with them. */
function checkEpisodes(draft: Draft, checking: Checking): void {
  const { returning, episode_defined_as: defined } = draft.args;
  const report = (sentence: string, wayOut: string): void => {
    reportConflict(draft, checking, { sentence, wayOut });
  };
  if (returning !== "number_of_episodes") {
    if (defined !== undefined) {
      report("Can only use 'episode_defined_as' when returning 'number_of_episodes'", "Drop it.");
    }
    return;
  }
  for (const flag of notWithEpisodes.filter((name) => draft.args[name] === true)) {
    report(`Cannot use '${flag}' when returning 'number_of_episodes'`, "All episodes count.");
  }
  if (typeof defined === "string" && !EPISODE.test(defined)) {
    report(
      `an episode cannot be defined as ${JSON.stringify(defined.slice(0, 80))}`,
      'Write "series of events each <= N days apart", N a whole number.',
    );
  }
}

/** Whether the file exists and fits is seen when it is read. */
function checkFile(draft: Draft, checking: Checking): void {
  const { f_path: path, returning } = draft.args;
  if (typeof path === "string" && !/\.csv(\.gz)?$/.test(path)) {
    reportConflict(draft, checking, {
      sentence: `${JSON.stringify(path.slice(0, 200))} is not a .csv or .csv.gz file`,
      wayOut: "Values are joined from csv or csv.gz files with a patient_id column.",
    });
  }
  if (typeof returning === "string" && !/^\w+$/.test(returning)) {
    reportConflict(draft, checking, {
      sentence: `${JSON.stringify(returning.slice(0, 80))} cannot be a column of the file`,
      wayOut: "Column names there may hold letters, digits and underscores.",
    });
  }
}

function checkHistory(draft: Draft, checking: Checking): void {
  const wayOut = "Use withCompleteGpConsultationHistoryBetween.";
  const facts = { ...factsOf(draft, checking), wayOut };
  checking.report(problem("function-not-available", facts, draft.place));
}

function checkAddress(draft: Draft, checking: Checking): void {
  const { returning, round_to_nearest: rounding } = draft.args;
  if (returning === "index_of_multiple_deprivation" && Number(rounding) !== 100) {
    reportConflict(draft, checking, {
      sentence: "an index of multiple deprivation is kept to the nearest hundred only",
      wayOut: "Add roundToNearest: 100.",
    });
  }
  if (returning === "rural_urban_classification" && rounding !== undefined) {
    reportConflict(draft, checking, {
      sentence: "a rural or urban class cannot be rounded",
      wayOut: "Drop roundToNearest.",
    });
  }
}

/** Households were recorded once. */
function checkHousehold(draft: Draft, checking: Checking): void {
  if (draft.args["reference_date"] === "2020-02-01") return;
  reportConflict(draft, checking, {
    sentence: "households are known as of 2020-02-01 only",
    wayOut: 'Write referenceDate "2020-02-01".',
  });
}
