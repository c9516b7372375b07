/** Rules of single functions that no kind of argument can state. */
import type { FunctionName } from "../function-table.ts";
import type { Checking, Draft } from "./draft.ts";
import { checkEpisodes } from "./episode-rules.ts";
import { checkCodelists } from "./codelist-rules.ts";
import { checkAddress, checkHistory, checkHousehold } from "./place-rules.ts";
import { checkDataset } from "./dataset-rules.ts";
import { checkFile } from "./file-rules.ts";

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
