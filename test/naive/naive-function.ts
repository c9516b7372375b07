/** What answers each `patients.*` function. */
import { unreachable } from "../../engine/base/problems.ts";
import { address, careHome } from "./addresses.ts";
import type { Asked } from "./asked.ts";
import { theseClinicalEvents, theseMedications } from "./coded-matches.ts";
import { category, dateOf, extremeOf, fixedValue } from "./combining.ts";
import { decisionSupport, gpConsultations, vaccinations } from "./consultations.ts";
import { testInSgss } from "./covid-tests.ts";
import { codesOnDeathCertificate, deathInCpns, diedFromAnyCause } from "./deaths.ts";
import * as demographics from "./demographics.ts";
import { emergencyCare } from "./emergency-care.ts";
import { fromRange } from "./event-ranges.ts";
import type { Found } from "./found.ts";
import { highCostDrugs } from "./high-cost-drugs.ts";
import { admittedToHospital } from "./hospital-admissions.ts";
import { admittedToIcu } from "./intensive-care.ts";
import { mostRecentBmi } from "./most-recent-bmi.ts";
import { outpatientAppointments } from "./outpatients.ts";
import { recordedValue } from "./recorded-values.ts";
import { deregistered, practice, registered } from "./registrations.ts";
import { healthcareWorker, isaricRecord, renalRegistry } from "./registries.ts";
import { ethnicityFromSus } from "./sus-ethnicity.ts";
import { covidTherapeutics } from "./therapeutics.ts";
import { existsInFile, valueFromFile } from "./values-from-files.ts";
import type { FunctionName } from "../../engine/definition/function-table.ts";

type Answer = (asked: Asked) => Found;

export const naiveFunctions: { readonly [Name in FunctionName]: Answer } = {
  all: demographics.everybody,
  random_sample: demographics.randomSample,
  sex: demographics.sex,
  age_as_of: demographics.age,
  date_of_birth: demographics.dateOfBirth,
  household_as_of: demographics.household,
  with_death_recorded_in_primary_care: demographics.deathInPrimaryCare,
  registered_as_of: registered,
  registered_with_one_practice_between: registered,
  with_complete_gp_consultation_history_between: registered,
  // The check refuses it.
  with_complete_history_between: ({ column }) => unreachable(column as never),
  date_deregistered_from_all_supported_practices: deregistered,
  registered_practice_as_of: practice,
  address_as_of: address,
  care_home_status_as_of: careHome,
  with_ethnicity_from_sus: ethnicityFromSus,
  with_these_clinical_events: theseClinicalEvents,
  with_these_medications: theseMedications,
  most_recent_bmi: mostRecentBmi,
  mean_recorded_value: recordedValue,
  min_recorded_value: recordedValue,
  max_recorded_value: recordedValue,
  with_these_decision_support_values: decisionSupport,
  with_gp_consultations: gpConsultations,
  with_vaccination_record: vaccinations,
  with_tpp_vaccination_record: vaccinations,
  died_from_any_cause: diedFromAnyCause,
  with_these_codes_on_death_certificate: codesOnDeathCertificate,
  with_death_recorded_in_cpns: deathInCpns,
  admitted_to_icu: admittedToIcu,
  with_test_result_in_sgss: testInSgss,
  with_covid_therapeutics: covidTherapeutics,
  with_healthcare_worker_flag_on_covid_vaccine_record: healthcareWorker,
  with_an_isaric_record: isaricRecord,
  with_record_in_ukrr: renalRegistry,
  attended_emergency_care: emergencyCare,
  admitted_to_hospital: admittedToHospital,
  outpatient_appointment_date: outpatientAppointments,
  with_high_cost_drugs: highCostDrugs,
  satisfying: category,
  categorised_as: category,
  minimum_of: extremeOf,
  maximum_of: extremeOf,
  fixed_value: fixedValue,
  date_of: dateOf,
  comparator_from: fromRange,
  reference_range_lower_bound_from: fromRange,
  reference_range_upper_bound_from: fromRange,
  with_value_from_file: valueFromFile,
  which_exist_in_file: existsInFile,
};
