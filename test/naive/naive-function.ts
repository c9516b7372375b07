/** What answers each `patients.*` function. */
import type { FunctionName, functionTable } from "../../engine/definition/function-table.ts";
import { answerAddresses } from "./addresses.ts";
import type { Answer, AnswerFamily, Asked } from "./asked.ts";
import { answerCodedEvents } from "./coded-events.ts";
import { answerCombining } from "./combining.ts";
import { answerConsultations } from "./consultations.ts";
import { answerCovidTests } from "./covid-tests.ts";
import { answerCovidTreatments } from "./covid-treatments.ts";
import { answerDeaths } from "./deaths.ts";
import { answerDemographics } from "./demographics.ts";
import { answerEmergencyCare } from "./emergency-care.ts";
import { answerEthnicity } from "./ethnicity.ts";
import { answerFiles } from "./files.ts";
import { answerHighCostDrugs } from "./high-cost-drugs.ts";
import { answerHospitalAdmissions } from "./hospital-admissions.ts";
import { answerIntensiveCare } from "./intensive-care.ts";
import { answerOutpatients } from "./outpatients.ts";
import { answerRecordedValues } from "./recorded-values.ts";
import { answerRegistrations } from "./registrations.ts";
import { answerRegistries } from "./registries.ts";
import { answerVaccinations } from "./vaccinations.ts";
import type { Found } from "./found.ts";

const functions: AnswerFamily<typeof functionTable> = {
  ...answerAddresses,
  ...answerCodedEvents,
  ...answerCombining,
  ...answerConsultations,
  ...answerCovidTests,
  ...answerCovidTreatments,
  ...answerDeaths,
  ...answerDemographics,
  ...answerEmergencyCare,
  ...answerEthnicity,
  ...answerFiles,
  ...answerHighCostDrugs,
  ...answerHospitalAdmissions,
  ...answerIntensiveCare,
  ...answerOutpatients,
  ...answerRecordedValues,
  ...answerRegistrations,
  ...answerRegistries,
  ...answerVaccinations,
};

export function naiveAnswer<Name extends FunctionName>(asked: Asked<Name>): Found {
  const answer: Answer<Name> = functions[asked.column.function];
  return answer(asked);
}
