/** The mapping files that a British and an American site with OMOP records have, each with records and what a study finds. */
import { recordsOf } from "../database/omop-records.ts";
import type { Records } from "../naive/row.ts";

export const british = `based_on: omop-5.4
schemas: {cdm: cdm_2024, vocabulary: vocab, scratch: results_me}
codes: {match: source-then-standard, systems: {ctv3: [Read]}}
data_until: 2024-03-31
tables:
  practice_registrations: {fields: {region: location.location_source_value, stp_code: missing}}
  addresses: {fields: {msoa: location.zip}}
consultations: [9202, 581477, 5083]
`;

export const britishSchemas = { cdm: "cdm_2024", vocabulary: "vocab" };

export const britishStudy = `import { codelist, patients, study } from "cohortline";

export default study({
  indexDate: "2020-03-01",
  population: patients.all(),
  columns: {
    asthma: patients.withTheseClinicalEvents(codelist(["H33.."], "ctv3"), { returning: "code" }),
    region: patients.registeredPracticeAsOf("index_date", "nuts1_region_name"),
    stp: patients.registeredPracticeAsOf("index_date", "stp_code"),
    msoa: patients.addressAsOf("index_date", "msoa"),
    seen: patients.withGpConsultations({ returning: "number_of_matches_in_period" }),
    left: patients.dateDeregisteredFromAllSupportedPractices({ dateFormat: "YYYY-MM-DD" }),
  },
});
`;

const visit = (visit_occurrence_id: number, person_id: number, visit_concept_id: number) => ({
  ...{ visit_occurrence_id, person_id, visit_concept_id },
  ...{ visit_start_date: "2020-01-05", visit_end_date: "2020-01-05" },
});

const period = (person_id: number, to: string) => ({
  ...{ observation_period_id: person_id, person_id },
  ...{ observation_period_start_date: "2010-01-01", observation_period_end_date: to },
});

const own = recordsOf({});

/** With a concept more, which is mapped to asthma. */
function withCode(records: Records, concept_id: number, vocabulary_id: string, code: string) {
  const link = { concept_id_1: concept_id, concept_id_2: 11, relationship_id: "Maps to" };
  const concept = { concept_id, vocabulary_id, concept_code: code };
  return {
    ...records,
    concept: [...(own["concept"] ?? []), concept],
    concept_relationship: [...(own["concept_relationship"] ?? []), link],
  };
}

const britishRows = recordsOf({
  person: [1, 2].map((person_id) => ({
    ...{ person_id, gender_concept_id: 8532, year_of_birth: 1980, care_site_id: 7, location_id: 2 },
  })),
  care_site: [{ care_site_id: 7, location_id: 1 }],
  location: [
    { location_id: 1, location_source_value: "North", zip: "E0" },
    { location_id: 2, location_source_value: "South", zip: "E02000001" },
  ],
  observation_period: [period(1, "2024-03-31"), period(2, "2022-05-31")],
  visit_occurrence: [visit(1, 1, 9202), visit(2, 1, 5083), visit(3, 1, 9201), visit(4, 2, 581477)],
  condition_occurrence: [
    {
      ...{ condition_occurrence_id: 1, person_id: 1, condition_source_concept_id: 72 },
      ...{ condition_concept_id: 11, condition_start_date: "2020-01-01" },
    },
  ],
});

export const britishRecords: Records = withCode(britishRows, 72, "Read", "H33..");

export const britishCohort = [
  "patient_id,asthma,region,stp,msoa,seen,left",
  "1,H33..,North,,E02000001,2,",
  "2,,North,,E02000001,1,2022-06-01",
];

export const american = `based_on: omop-5.4
schemas: {cdm: omop, vocabulary: omop}
codes: {systems: {icd10: [ICD10CM], rxnorm: {vocabularies: [RxNorm], descendants: true}}}
bmi: {units_if_missing: {weight: lb, height: in}}
refuse: {registered_practice_as_of: enrolment is not a practice}
`;

export const americanSchemas = { cdm: "omop", vocabulary: "omop" };

export const americanStudy = `import { codelist, patients, study } from "cohortline";

export default study({
  indexDate: "2020-03-01",
  population: patients.all(),
  columns: {
    asthma: patients.withTheseClinicalEvents(codelist(["J45.909"], "icd10"), { returning: "number_of_matches_in_period" }),
    inhaled: patients.withTheseMedications(codelist(["435"], "rxnorm")),
    bmi: patients.mostRecentBmi({ minimumAgeAtMeasurement: 16 }),
  },
});
`;

const measured = (
  measurement_id: number,
  person_id: number,
  measurement_concept_id: number,
  value_as_number: number,
  more: Readonly<Record<string, number | string>> = {},
) => ({
  ...{ measurement_id, person_id, measurement_concept_id, value_as_number },
  ...{ measurement_date: "2020-01-02", ...more },
});

export const WEIGHT = 3025315;
export const HEIGHT = 3036277;

const americanRows = recordsOf({
  person: [1, 2, 3].map((person_id) => ({ person_id, year_of_birth: 1980 })),
  drug_exposure: [
    {
      ...{ drug_exposure_id: 1, person_id: 1, drug_concept_id: 42, drug_source_concept_id: 0 },
      drug_exposure_start_date: "2020-01-01",
    },
  ],
  condition_occurrence: [
    {
      ...{ condition_occurrence_id: 1, person_id: 2, condition_source_concept_id: 71 },
      ...{ condition_concept_id: 11, condition_start_date: "2020-01-01" },
    },
  ],
  // In pounds and inches without a unit; with one; and in a unit that no vocabulary has.
  measurement: [
    measured(1, 1, WEIGHT, 154.3),
    measured(2, 1, HEIGHT, 68.9, { unit_concept_id: 0, unit_source_value: "" }),
    measured(3, 2, WEIGHT, 70, { unit_concept_id: 9529 }),
    measured(4, 2, HEIGHT, 175, { unit_concept_id: 8582 }),
    measured(5, 3, WEIGHT, 11, { unit_concept_id: 0, unit_source_value: "stone" }),
    measured(6, 3, HEIGHT, 68.9),
  ],
});

export const americanRecords: Records = withCode(americanRows, 71, "ICD10CM", "J45.909");

export const americanCohort = [
  "patient_id,asthma,inhaled,bmi",
  "1,0,1,22.9",
  "2,1,0,22.9",
  "3,0,0,0.0",
];

export const homeMade = `based_on: nothing
tables:
  patients: {from: public.pat, fields: {patient_id: nr, sex: {renamed: gender, names: {1: M, 2: F}, others: ""}, born_on: dob, died_on: {unless: dod, texts: ["9999-12-31"]}}}
  events:
    - {from: public.diagnosis, fields: {patient_id: nr, code: {system: icd10, text: icd}, recorded_at: seen, event_id: id}}
    - {from: public.lab, where: {status: [F, C]}, fields: {patient_id: nr, code: {system: loinc, text: loinc}, recorded_at: {timed: [day, taken_at]}, numeric_value: result, event_id: id}}
`;

export const homeMadeTables: readonly string[] = [
  "CREATE SCHEMA public",
  "CREATE TABLE public.pat AS SELECT 1 AS nr, 2 AS gender, DATE '1980-01-01' AS dob, DATE '9999-12-31' AS dod",
  "CREATE TABLE public.diagnosis AS SELECT 1 AS nr, 'E11.9' AS icd, DATE '2020-01-02' AS seen, 5 AS id",
  "CREATE TABLE public.lab AS SELECT * FROM (VALUES (1, 'F', '33914-3', DATE '2020-01-02', TIMESTAMP '2020-01-02 08:00:00', 61.5, 1), (1, 'X', '33914-3', DATE '2020-02-02', NULL, 7, 2)) t(nr, status, loinc, day, taken_at, result, id)",
];

export const homeMadeStudy = `import { codelist, patients, study } from "cohortline";

export default study({
  indexDate: "2020-03-01",
  population: patients.all(),
  columns: {
    sex: patients.sex(),
    age: patients.ageAsOf("index_date"),
    diabetes: patients.withTheseClinicalEvents(codelist(["E119"], "icd10")),
    rate: patients.withTheseClinicalEvents(codelist(["33914-3"], "loinc"), { returning: "numeric_value", findLastMatchInPeriod: true }),
  },
});
`;

export const homeMadeCohort = ["patient_id,sex,age,diabetes,rate", "1,F,40,1,61.5"];
