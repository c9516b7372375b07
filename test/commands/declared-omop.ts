/** What a site declares of its OMOP database, with records that it makes a difference to, and what a study finds in them. */
import { recordsOf } from "../database/omop-records.ts";
import type { Records } from "../naive/row.ts";

export const declared = `based_on: omop-5.4
within_observation: true
outpatients: [9202]
deaths: {primary_care_types: [32848], cause_is_underlying: true}
bmi: {weight: [3025315, 2000000001], units: {weight: {2000000010: kg}}}
tables:
  patients: {fields: {sex: {renamed: gender_concept_id, names: {8507: M, 8532: F, 2000000003: F}, others: ""}}}
  concept_events: {of: measurement, fields: {numeric_value: range_low}}
`;

export const declaredStudy = `import { codelist, patients, study } from "cohortline";

const asthma = codelist(["195967001"], "snomed");
const icd = codelist(["J45"], "icd10");
export default study({
  indexDate: "2020-03-01",
  population: patients.all(),
  columns: {
    sex: patients.sex(),
    asthma: patients.withTheseClinicalEvents(asthma, { returning: "number_of_matches_in_period" }),
    issues: patients.withTheseMedications(codelist(["745679"], "rxnorm"), { returning: "number_of_matches_in_period" }),
    pressure: patients.withTheseClinicalEvents(codelist(["8480-6"], "loinc"), { returning: "numeric_value", findLastMatchInPeriod: true }),
    bmi: patients.mostRecentBmi({ minimumAgeAtMeasurement: 16 }),
    told: patients.withDeathRecordedInPrimaryCare({ returning: "binary_flag" }),
    cause: patients.withTheseCodesOnDeathCertificate(icd, { matchOnlyUnderlyingCause: true }),
    intensive: patients.admittedToIcu({ returning: "binary_flag" }),
    procedures: patients.outpatientAppointmentDate({
      withTheseProcedures: codelist(["E85"], "opcs4"),
      returning: "number_of_matches_in_period",
    }),
  },
});
`;

const own = recordsOf({});

const condition = (condition_occurrence_id: number, person_id: number, day: string) => ({
  ...{ condition_occurrence_id, person_id, condition_start_date: day },
  ...{ condition_source_concept_id: 11, condition_concept_id: 11 },
});

const issue = (drug_exposure_id: number, day: string) => ({
  ...{ drug_exposure_id, person_id: 1, drug_exposure_start_date: day },
  ...{ drug_source_concept_id: 42, drug_concept_id: 42 },
});

const period = (observation_period_id: number, person_id: number, from: string, to: string) => ({
  ...{ observation_period_id, person_id },
  ...{ observation_period_start_date: from, observation_period_end_date: to },
});

const death = (person_id: number, type: number) => ({
  ...{ person_id, death_date: "2020-02-01", death_type_concept_id: type },
  ...{ cause_source_concept_id: 21, cause_concept_id: 11 },
});

const measured = (measurement_id: number, concept: number, value: number, unit: number) => ({
  ...{
    measurement_id,
    person_id: 1,
    measurement_concept_id: concept,
    measurement_date: "2020-01-02",
  },
  ...{ value_as_number: value, range_low: value + 1, unit_concept_id: unit },
});

const visit = (visit_occurrence_id: number, person_id: number) => ({
  ...{ visit_occurrence_id, person_id, visit_concept_id: 9202 },
  ...{ visit_start_date: "2020-01-02", visit_end_date: "2020-01-02" },
});

export const declaredRecords: Records = {
  ...recordsOf({
    person: [8507, 2000000003, 8521].map((gender_concept_id, i) => ({
      ...{ person_id: i + 1, gender_concept_id, year_of_birth: 1980 },
    })),
    // Two that overlap: what both cover counts once; the last day counts.
    observation_period: [
      period(1, 1, "2020-01-01", "2020-01-31"),
      period(2, 1, "2020-01-10", "2020-02-10"),
      period(3, 2, "2019-01-01", "2019-06-30"),
    ],
    condition_occurrence: [
      condition(1, 1, "2020-01-15"),
      condition(2, 1, "2020-02-10"),
      condition(3, 1, "2020-02-11"),
      condition(4, 2, "2020-01-15"),
      condition(5, 3, "2020-01-15"),
    ],
    drug_exposure: [issue(1, "2019-12-31"), issue(2, "2020-01-01")],
    measurement: [
      measured(1, 2000000001, 70, 2000000010),
      measured(2, 3036277, 175, 8582),
      measured(3, 51, 120, 8876),
    ],
    death: [death(1, 32848), death(2, 32815)],
    visit_detail: [
      {
        ...{ visit_detail_id: 1, person_id: 2, visit_detail_concept_id: 32037 },
        visit_detail_start_date: "2020-01-02",
      },
    ],
    visit_occurrence: [visit(1, 1), visit(2, 1), visit(3, 2)],
    procedure_occurrence: [
      {
        ...{ procedure_occurrence_id: 1, person_id: 1, visit_occurrence_id: 1 },
        ...{
          procedure_source_concept_id: 81,
          procedure_concept_id: 0,
          procedure_date: "2020-01-02",
        },
      },
    ],
  }),
  concept: [
    ...(own["concept"] ?? []),
    { concept_id: 81, vocabulary_id: "OPCS4", concept_code: "E85.2" },
  ],
};

export const declaredCohort = [
  "patient_id,sex,asthma,issues,pressure,bmi,told,cause,intensive,procedures",
  "1,M,2,1,121.0,22.9,1,1,0,1",
  "2,F,0,0,0.0,0.0,0,1,1,0",
  "3,,0,0,0.0,0.0,0,0,0,0",
];
