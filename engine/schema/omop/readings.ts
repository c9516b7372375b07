/** Functions that an OMOP database answers in a way of its own, and what they mean there. */
import type { FunctionName } from "../../definition/function-table.ts";

const OBSERVED =
  "covered by one observation period, its last day included; the practice is not asked";
const NOW = "as it is now, whatever the day: no history is kept";

export const readings: { readonly [Name in FunctionName]?: string } = {
  registered_as_of: OBSERVED,
  registered_with_one_practice_between: OBSERVED,
  with_complete_gp_consultation_history_between: OBSERVED,
  date_deregistered_from_all_supported_practices:
    "the day after the last observation period, unless that reaches the last day of the data",
  registered_practice_as_of: "the practice of now, where an observation period covers the day",
  address_as_of: NOW,
  most_recent_bmi: "weights and heights without a known unit are left out",
  with_death_recorded_in_primary_care:
    "any recorded death, unless types of records of general practice are declared",
  with_these_codes_on_death_certificate: "any recorded cause of death",
  admitted_to_hospital: "visits 9201 and 262, with what was found and done during them",
  attended_emergency_care: "visits 9203 and 262",
  admitted_to_icu: "visits 32037, and parts of visits",
  with_gp_consultations: "visits of the declared kinds",
  outpatient_appointment_date: "visits of the declared kinds, and what was done during them",
  with_ethnicity_from_sus: "the declared column, one value a person",
};
