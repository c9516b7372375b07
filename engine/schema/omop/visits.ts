/** Visits of kinds: hospital admissions, emergency attendances, what a site declares. */
import { EMERGENCY_DIAGNOSES } from "../contract.ts";
import { column, plain } from "../provision.ts";
import type { Provision, Source } from "../provision.ts";
import type { OmopDeclared } from "./declared.ts";
import { visitPlaces } from "./omop-tables.ts";

const lacking: Source = { kind: "lacking" };

const INPATIENT = 9201;
const EMERGENCY = 9203;
const EMERGENCY_AND_INPATIENT = 262;
const INTENSIVE_CARE = 32037;

const visitStart = column("v.visit_start_date");
const visitTime: Source = {
  kind: "timed",
  day: visitStart,
  time: column("v.visit_start_datetime"),
};

function visits(kinds: readonly number[], fields: Readonly<Record<string, Source>>): Provision {
  return [
    {
      table: "visit_occurrence",
      alias: "v",
      where: [["v.visit_concept_id", kinds]],
      fields: { patient_id: column("v.person_id"), ...fields },
    },
  ];
}

export function admissions({ version }: OmopDeclared): Provision {
  const [from, to] = visitPlaces[version];
  const places = plain({ source_of_admission: `v.${from}`, discharge_destination: `v.${to}` });
  return visits([INPATIENT, EMERGENCY_AND_INPATIENT], { ...stay, ...places });
}

const stay = {
  ...plain({
    spell_id: "v.visit_occurrence_id",
    admitted_on: "v.visit_start_date",
    discharged_on: "v.visit_end_date",
  }),
  nights: { kind: "days-between", from: visitStart, to: column("v.visit_end_date") },
  primary_diagnosis: lacking,
  diagnoses: lacking,
  procedures: lacking,
  admission_method: lacking,
  patient_classification: lacking,
  admission_treatment_function_code: lacking,
  administrative_category: lacking,
  duration_of_elective_wait: lacking,
  days_in_critical_care: lacking,
  critical_care_days: lacking,
} as const;

const noDiagnoses = Object.fromEntries(
  Array.from({ length: EMERGENCY_DIAGNOSES }, (_, i) => [`diagnosis_${i + 1}`, lacking]),
);

export function attendances({ version }: OmopDeclared): Provision {
  const [, to] = visitPlaces[version];
  return visits([EMERGENCY, EMERGENCY_AND_INPATIENT], {
    ...plain({
      attendance_id: "v.visit_occurrence_id",
      arrived_on: "v.visit_start_date",
      discharge_destination: `v.${to}`,
    }),
    ...noDiagnoses,
  });
}

const noSupport = { basic_respiratory_days: lacking, advanced_respiratory_days: lacking } as const;

/** A stay there is a visit, or part of one. */
export function intensiveCare({ absent }: OmopDeclared): Provision {
  const stays = visits([INTENSIVE_CARE], { admitted_at: visitTime, ...noSupport });
  const parts = {
    table: "visit_detail",
    alias: "v",
    where: [["v.visit_detail_concept_id", [INTENSIVE_CARE]]],
    fields: {
      patient_id: column("v.person_id"),
      admitted_at: {
        kind: "timed",
        day: column("v.visit_detail_start_date"),
        time: column("v.visit_detail_start_datetime"),
      },
      ...noSupport,
    },
  } as const;
  return absent.includes(parts.table) ? stays : [...stays, parts];
}

/** That a consultation took place is one status of many in other databases. */
const FINISHED: Source = { kind: "number", value: 4 };

export function consultations({ consultations: kinds }: OmopDeclared): Provision | null {
  return kinds.length === 0 ? null : visits(kinds, { seen_at: visitTime, status: FINISHED });
}

export function outpatients({ outpatients: kinds }: OmopDeclared): Provision | null {
  if (kinds.length === 0) return null;
  return visits(kinds, {
    appointment_id: column("v.visit_occurrence_id"),
    held_on: visitStart,
    attendance_status: lacking,
    first_attendance: lacking,
    treatment_function_code: lacking,
    consultation_medium: lacking,
  });
}
