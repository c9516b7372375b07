/**
 * The tables that the functions of `patients` read, in the words of the field. A kind of database
 * provides each one from tables of its own (`provision.ts`); the plan knows these names only.
 * Every table has `patient_id` besides, except the look-up tables.
 */
import { isaricColumnTypes } from "../definition/functions/isaric-columns.ts";
import { conceptLookups, conceptTables } from "./concept-tables.ts";
import { systemTables } from "./system-tables.ts";

/**
 * `text` compares without regard to letter case and trailing spaces, `code` exactly. `datetime` has a time of
 * day that orders rows. `real` is read as the decimal it prints as.
 */
export type FieldType = "id" | "int" | "real" | "text" | "code" | "flag" | "date" | "datetime";

export type ContractFields = Readonly<Record<string, FieldType>>;

const numbered = (prefix: string, count: number): ContractFields =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}_${i + 1}`, "text"]));

const isaricFieldTypes = {
  bool: "int",
  int: "int",
  float: "real",
  str: "text",
  date: "date",
} as const;

function isaricFields(): ContractFields {
  const fields: Record<string, FieldType> = {};
  for (const [name, type] of Object.entries(isaricColumnTypes)) {
    fields[name] = isaricFieldTypes[type];
  }
  return fields;
}

const codedEvent = {
  event_id: "id",
  code: "code",
  recorded_at: "datetime",
  /** Missing where no date was recorded; `recorded_at` may then be a day that stands for that. */
  known_at: "datetime",
  numeric_value: "real",
} as const satisfies ContractFields;

export const CAUSES_OF_DEATH = 15;
export const EMERGENCY_DIAGNOSES = 24;

export const contract = {
  patients: { sex: "text", born_on: "date", died_on: "date" },
  patients_not_opted_out: {},
  practice_registrations: {
    registration_id: "id",
    starts_at: "datetime",
    ends_at: "datetime",
    practice_id: "id",
    /** Missing where there is no record of the practice itself. */
    known_practice_id: "id",
    /** What tells practices apart where they have no numbers. */
    practice_code: "text",
    practice_live_from: "datetime",
    stp_code: "text",
    msoa: "text",
    region: "text",
  },
  addresses: {
    address_id: "id",
    starts_at: "datetime",
    ends_at: "datetime",
    imd_rank: "int",
    rural_urban_class: "int",
    msoa: "text",
  },
  households: {
    household_id: "id",
    size: "int",
    is_prison: "flag",
    has_other_systems: "flag",
    percentage_here: "int",
    msoa: "text",
  },
  ctv3_events: codedEvent,
  snomed_events: codedEvent,
  medications: { issue_id: "id", code: "text", issued_at: "datetime", known_at: "datetime" },
  decision_support_values: { algorithm: "int", calculated_at: "datetime", numeric_value: "real" },
  appointments: { seen_at: "datetime", status: "int" },
  vaccinations: { given_at: "datetime", product: "text", target_disease: "text" },
  immunisations: { code: "code", given_at: "datetime" },
  registered_deaths: {
    died_on: "date",
    underlying_cause: "text",
    place: "text",
    ...numbered("cause", CAUSES_OF_DEATH),
  },
  covid_patient_notifications: { died_on: "date" },
  icu_admissions: {
    admitted_at: "datetime",
    basic_respiratory_days: "int",
    advanced_respiratory_days: "int",
  },
  first_covid_tests: {
    is_positive: "flag",
    taken_on: "date",
    s_gene_target_failure: "text",
    case_category: "text",
  },
  all_covid_tests: {
    is_positive: "flag",
    taken_on: "date",
    s_gene_target_failure: "text",
    variant: "text",
    variant_detection_method: "text",
    symptomatic: "text",
  },
  covid_treatments: {
    treated_on: "date",
    received_on: "date",
    status: "text",
    intervention: "text",
    therapeutic: "text",
    indication: "text",
    region: "text",
    mol1_risk: "text",
    sot02_risk: "text",
    casim05_risk: "text",
    risk_group: "text",
    /** The rest only tells rows apart. */
    age: "text",
    form: "text",
    mol1_onset: "text",
    sot02_onset: "text",
    count: "text",
    loaded_on: "text",
  },
  healthcare_workers: { flag: "text" },
  isaric: isaricFields(),
  renal_registry: {
    dataset: "text",
    renal_centre: "text",
    started_on: "date",
    modality_at_start: "text",
    modality: "text",
    creatinine: "real",
    egfr: "real",
  },
  emergency_attendances: {
    attendance_id: "id",
    arrived_on: "date",
    discharge_destination: "text",
    ...numbered("diagnosis", EMERGENCY_DIAGNOSES),
  },
  hospital_admissions: {
    spell_id: "id",
    admitted_on: "date",
    discharged_on: "date",
    primary_diagnosis: "text",
    diagnoses: "text",
    procedures: "text",
    admission_method: "text",
    source_of_admission: "text",
    discharge_destination: "text",
    patient_classification: "text",
    admission_treatment_function_code: "text",
    administrative_category: "text",
    duration_of_elective_wait: "text",
    days_in_critical_care: "text",
    critical_care_days: "int",
    nights: "int",
  },
  outpatient_appointments: {
    appointment_id: "id",
    held_on: "date",
    attendance_status: "text",
    first_attendance: "text",
    treatment_function_code: "text",
    consultation_medium: "text",
  },
  outpatient_procedures: {
    appointment_id: "id",
    held_on: "date",
    attendance_status: "text",
    first_attendance: "text",
    treatment_function_code: "text",
    consultation_medium: "text",
    procedures: "text",
  },
  hospital_ethnicities: { code: "text" },
  high_cost_drugs: { drug: "text", given_in: "date" },
  ...conceptTables,
  ...systemTables,
} as const satisfies Readonly<Record<string, ContractFields>>;

/** What rows of other tables point to; these have no patient. */
export const lookupTables = {
  care_homes: { address_id: "id", requires_nursing: "text", no_nursing: "text" },
  event_ranges: { event_id: "id", lower_bound: "real", upper_bound: "real", comparator: "int" },
  trial_practices: { practice_id: "id", trial: "text", arm: "text" },
  trial_properties: { practice_id: "id", trial: "text", property: "text", value: "text" },
  previous_product_ids: { id: "text", previous_id: "text" },
  builds: { event: "text", started_at: "datetime", ended_at: "datetime" },
  ...conceptLookups,
} as const satisfies Readonly<Record<string, ContractFields>>;

export type PatientTable = keyof typeof contract;
export type LookupTable = keyof typeof lookupTables;
export type ContractTable = PatientTable | LookupTable;

export const contractTables: Readonly<Record<ContractTable, ContractFields>> = {
  ...contract,
  ...lookupTables,
};
