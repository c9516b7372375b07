/**
 * What is known of a patient relative to her own index date: history up to the day before, outcomes from the
 * day itself. Cases and comparators share it, so that both are measured with the same ruler.
 */
import { patients } from "cohortline";
import { concepts, diagnoses, medicines, smokingCodes } from "./codelists.ts";

/** The last day of follow-up for everybody. */
const LAST_DAY = "2021-05-31";

type IndexDate = "covid_date" | "case_date";

/** Who the patient was on the day, and what had been recorded before it. */
export function historyBefore(date: IndexDate) {
  const dayBefore = `${date} - 1 day`;
  const ever = { onOrBefore: dayBefore } as const;

  return {
    age: patients.ageAsOf(date, {
      returnExpectations: { rate: "universal", int: { distribution: "population_ages" } },
    }),
    sex: patients.sex({
      returnExpectations: { rate: "universal", category: { ratios: { F: 0.51, M: 0.49 } } },
    }),
    deprivation_rank: patients.addressAsOf(date, "index_of_multiple_deprivation", {
      roundToNearest: 100,
      returnExpectations: {
        rate: "universal",
        category: { ratios: { "100": 0.2, "8000": 0.2, "16000": 0.2, "24000": 0.2, "32000": 0.2 } },
      },
    }),

    smoking: patients.withTheseClinicalEvents(smokingCodes, {
      ...ever,
      returning: "category",
      findLastMatchInPeriod: true,
      returnExpectations: { incidence: 0.9, category: { ratios: { S: 0.2, E: 0.3, N: 0.5 } } },
    }),

    bmi: patients.mostRecentBmi({
      between: [`${date} - 5 years`, dayBefore],
      minimumAgeAtMeasurement: 18,
      returnExpectations: {
        incidence: 0.7,
        float: { distribution: "normal", mean: 27, stddev: 5 },
      },
    }),
    bmi_date: patients.dateOf("bmi", { dateFormat: "YYYY-MM-DD" }),

    systolic: patients.withTheseClinicalEvents(concepts("systolic-blood-pressure"), {
      between: [`${date} - 2 years`, dayBefore],
      ignoreMissingValues: true,
      findLastMatchInPeriod: true,
      returning: "numeric_value",
      returnExpectations: {
        incidence: 0.6,
        float: { distribution: "normal", mean: 132, stddev: 16 },
      },
    }),
    systolic_date: patients.dateOf("systolic", { dateFormat: "YYYY-MM-DD" }),

    hypertension: patients.withTheseClinicalEvents(concepts("hypertension"), {
      ...ever,
      returnExpectations: { incidence: 0.25 },
    }),
    diabetes: patients.withTheseClinicalEvents(concepts("diabetes"), {
      ...ever,
      returnExpectations: { incidence: 0.08 },
    }),
    // The event before the index event: those who have one cannot have their first one afterwards.
    thrombosis_before: patients.withTheseClinicalEvents(concepts("venous-thromboembolism"), {
      ...ever,
      returnExpectations: { incidence: 0.03 },
    }),

    anticoagulant: patients.withTheseMedications(medicines("anticoagulants"), {
      between: [`${date} - 6 months`, dayBefore],
      returnExpectations: { incidence: 0.06 },
    }),
    consultations: patients.withGpConsultations({
      between: [`${date} - 1 year`, dayBefore],
      returning: "number_of_matches_in_period",
      returnExpectations: { incidence: 0.8, int: { distribution: "poisson", mean: 4 } },
    }),
  };
}

/** The first thrombosis from any source, and the day on which the patient was last seen. */
export function outcomesFrom(date: IndexDate) {
  const followUp = { between: [date, LAST_DAY], dateFormat: "YYYY-MM-DD" } as const;
  const first = { ...followUp, findFirstMatchInPeriod: true } as const;

  return {
    gp_thrombosis_date: patients.withTheseClinicalEvents(concepts("venous-thromboembolism"), {
      ...first,
      returning: "date",
      returnExpectations: { incidence: 0.04 },
    }),
    hospital_thrombosis_date: patients.admittedToHospital({
      ...first,
      withTheseDiagnoses: diagnoses("venous-thromboembolism"),
      returning: "date_admitted",
      returnExpectations: { incidence: 0.03 },
    }),
    fatal_thrombosis_date: patients.withTheseCodesOnDeathCertificate(
      diagnoses("venous-thromboembolism"),
      { ...followUp, returning: "date_of_death", returnExpectations: { incidence: 0.01 } },
    ),
    thrombosis_date: patients.minimumOf(
      "gp_thrombosis_date",
      "hospital_thrombosis_date",
      "fatal_thrombosis_date",
    ),

    death_date: patients.diedFromAnyCause({
      ...followUp,
      returning: "date_of_death",
      returnExpectations: { incidence: 0.05 },
    }),
    left_practice_date: patients.dateDeregisteredFromAllSupportedPractices({
      ...followUp,
      returnExpectations: { incidence: 0.05 },
    }),
    follow_up_end: patients.minimumOf("death_date", "left_practice_date", LAST_DAY),
  };
}
