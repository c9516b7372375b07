/** The first record of COVID-19 in the study's nine months, in any of three sources. */
import { patients } from "cohortline";
import { concepts, diagnoses } from "./codelists.ts";

/** Before any vaccine was given. */
export const studyPeriod = ["2020-03-01", "2020-11-30"] as const;

const earliestDay = {
  between: studyPeriod,
  findFirstMatchInPeriod: true,
  dateFormat: "YYYY-MM-DD",
} as const;

/** `covid_date` and what it is the earliest of. */
export function firstCovid(incidence: number) {
  const returnExpectations = { incidence } as const;
  return {
    positive_test_date: patients.withTestResultInSgss("SARS-CoV-2", {
      ...earliestDay,
      testResult: "positive",
      returning: "date",
      returnExpectations,
    }),
    gp_covid_date: patients.withTheseClinicalEvents(concepts("covid"), {
      ...earliestDay,
      returning: "date",
      returnExpectations,
    }),
    covid_admission_date: patients.admittedToHospital({
      ...earliestDay,
      withTheseDiagnoses: diagnoses("covid"),
      returning: "date_admitted",
      returnExpectations,
    }),
    covid_date: patients.minimumOf("positive_test_date", "gp_covid_date", "covid_admission_date"),
  };
}
