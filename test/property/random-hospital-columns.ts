/** Random columns of secondary care. */
import fc from "fast-check";
import { diagnosisCodes, drugs, opcs4Codes, someOf } from "./random-vocabulary.ts";
import { icd10List } from "./random-dataset-columns.ts";
import { find, fixedDraft, format, optional, returning, windowedDraft } from "./random-draft.ts";
import type { Args, Draft } from "./random-draft.ts";
import { randomWindow } from "./random-window.ts";

const emergencyCare = windowedDraft(
  "attended_emergency_care",
  returning("binary_flag", "date_arrived", "number_of_matches_in_period", "discharge_destination"),
  optional({
    with_these_diagnoses: someOf(diagnosisCodes, 2),
    discharged_to: someOf(["306689006", "75004002"], 2),
  }),
  find,
  format,
);

const opcs4List = someOf(opcs4Codes, 2).map((codes) => ({ system: "opcs4", codes }));

/** Now and then one of them, seldom two: more filters leave nothing. */
const spellFilter = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Args>({}) },
  { weight: 1, arbitrary: icd10List.map((list): Args => ({ with_these_diagnoses: list })) },
  { weight: 1, arbitrary: icd10List.map((list): Args => ({ with_these_primary_diagnoses: list })) },
  { weight: 1, arbitrary: opcs4List.map((list): Args => ({ with_these_procedures: list })) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Args>(
      { with_admission_method: "21" },
      { with_admission_method: ["2a", "2B"] },
      { with_source_of_admission: ["19"] },
      { with_discharge_destination: ["19", "51"] },
      { with_patient_classification: "1" },
      { with_admission_treatment_function_code: { system: "any", codes: ["300"] } },
      { with_administrative_category: "01" },
      { with_at_least_one_day_in_critical_care: true },
    ),
  },
);

const admissions = fc.oneof(
  {
    weight: 4,
    arbitrary: windowedDraft(
      "admitted_to_hospital",
      returning(
        "binary_flag",
        "date_admitted",
        "date_discharged",
        "number_of_matches_in_period",
        "primary_diagnosis",
        "admission_method",
        "source_of_admission",
        "discharge_destination",
        "patient_classification",
        "admission_treatment_function_code",
        "administrative_category",
        "duration_of_elective_wait",
        "days_in_critical_care",
      ),
      spellFilter,
      find,
      format,
    ),
  },
  {
    weight: 1,
    arbitrary: windowedDraft(
      "admitted_to_hospital",
      returning("total_bed_days_in_period", "total_critical_care_days_in_period"),
      spellFilter,
    ),
  },
);

const visitFilter = optional({
  attended: fc.boolean(),
  is_first_attendance: fc.boolean(),
  with_these_treatment_function_codes: fc.constantFrom<unknown>("300", ["300", "430"], {
    system: "any",
    codes: ["430"],
  }),
});

/** There is no `on_or_before`. */
const outpatients = fc
  .tuple(
    randomWindow,
    visitFilter,
    fc.option(opcs4List),
    returning("binary_flag", "date", "number_of_matches_in_period", "consultation_medium_used"),
    optional({ find_first_match_in_period: fc.boolean() }),
  )
  .map(([window, filter, procedures, value, first]): Draft => (before) => {
    const { from, to } = window(before);
    const period =
      to !== null ? { between: [from, to] } : from === null ? {} : { on_or_after: from };
    const treated = procedures === null ? {} : { with_these_procedures: procedures };
    const args = { ...filter, ...value, ...first, ...treated, ...period };
    return { function: "outpatient_appointment_date", args };
  });

const highCostDrugs = windowedDraft(
  "with_high_cost_drugs",
  optional({
    drug_name_matches: fc.oneof(
      fc.constantFrom(...drugs),
      fc.constant("abatacept "),
      someOf(drugs, 2),
    ),
  }),
  returning("binary_flag", "date"),
  optional({ date_format: fc.constantFrom("YYYY-MM", "YYYY") }),
  find,
);

const ethnicity = fixedDraft(
  "with_ethnicity_from_sus",
  fc.constant({ use_most_frequent_code: true }),
  returning("code", "group_6", "group_16"),
);

export const hospitalColumns: readonly (readonly [weight: number, fc.Arbitrary<Draft>])[] = [
  [3, emergencyCare],
  [9, admissions],
  [3, outpatients],
  [2, highCostDrugs],
  [2, ethnicity],
];
