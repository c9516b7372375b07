/** Hospital records of a TPP database; all are the `_ARCHIVED` tables. */
import { EMERGENCY_DIAGNOSES } from "../contract.ts";
import type { ContractTable } from "../contract.ts";
import { column, plain } from "../provision.ts";
import type { Join, Provision, Selection } from "../provision.ts";

const emergency: Provision = [
  {
    table: "EC_ARCHIVED",
    alias: "e",
    // An attendance without a row of diagnoses does not count.
    joins: [
      {
        table: "EC_Diagnosis_ARCHIVED",
        alias: "d",
        kind: "inner",
        on: [["e.EC_Ident", "d.EC_Ident"]],
      },
    ],
    fields: plain({
      patient_id: "e.Patient_ID",
      attendance_id: "e.EC_Ident",
      arrived_on: "e.Arrival_Date",
      discharge_destination: "e.Discharge_Destination_SNOMED_CT",
      ...Object.fromEntries(
        Array.from({ length: EMERGENCY_DIAGNOSES }, (_, i) => [
          `diagnosis_${i + 1}`,
          `d.EC_Diagnosis_${String(i + 1).padStart(2, "0")}`,
        ]),
      ),
    }),
  },
];

const admissions: Provision = [
  {
    table: "APCS_ARCHIVED",
    alias: "a",
    joins: [
      {
        table: "APCS_Der_ARCHIVED",
        alias: "d",
        kind: "inner",
        on: [["a.APCS_Ident", "d.APCS_Ident"]],
      },
    ],
    fields: {
      ...plain({
        patient_id: "a.Patient_ID",
        spell_id: "a.APCS_Ident",
        admitted_on: "a.Admission_Date",
        discharged_on: "a.Discharge_Date",
        primary_diagnosis: "d.Spell_Primary_Diagnosis",
        diagnoses: "a.Der_Diagnosis_All",
        procedures: "a.Der_Procedure_All",
        admission_method: "a.Admission_Method",
        source_of_admission: "a.Source_of_Admission",
        discharge_destination: "a.Discharge_Destination",
        patient_classification: "a.Patient_Classification",
        admission_treatment_function_code: "a.Der_Admit_Treatment_Function_Code",
        administrative_category: "a.Administrative_Category",
        duration_of_elective_wait: "a.Duration_of_Elective_Wait",
        days_in_critical_care: "d.Spell_PbR_CC_Day",
        nights: "a.Der_Spell_LoS",
      }),
      critical_care_days: { kind: "number-in-text", of: column("d.Spell_PbR_CC_Day") },
    },
  },
];

const appointmentFields = plain({
  patient_id: "o.Patient_ID",
  appointment_id: "o.OPA_Ident",
  held_on: "o.Appointment_Date",
  attendance_status: "o.Attendance_Status",
  first_attendance: "o.First_Attendance",
  treatment_function_code: "o.Treatment_Function_Code",
  consultation_medium: "o.Consultation_Medium_Used",
});

const procedures: Join = {
  table: "OPA_Proc_ARCHIVED",
  alias: "p",
  kind: "inner",
  on: [["o.OPA_Ident", "p.OPA_Ident"]],
};

function ethnicities(table: string, code: string): Selection {
  return { table, alias: "t", fields: plain({ patient_id: "t.Patient_ID", code: `t.${code}` }) };
}

export const tppHospitals = {
  emergency_attendances: emergency,
  hospital_admissions: admissions,
  outpatient_appointments: [{ table: "OPA_ARCHIVED", alias: "o", fields: appointmentFields }],
  outpatient_procedures: [
    {
      table: "OPA_ARCHIVED",
      alias: "o",
      joins: [procedures],
      fields: { ...appointmentFields, procedures: column("p.Primary_Procedure_Code") },
    },
  ],
  hospital_ethnicities: [
    ethnicities("APCS_ARCHIVED", "Ethnic_Group"),
    ethnicities("EC_ARCHIVED", "Ethnic_Category"),
    ethnicities("OPA_ARCHIVED", "Ethnic_Category"),
  ],
  high_cost_drugs: [
    {
      table: "HighCostDrugs",
      alias: "h",
      fields: {
        ...plain({ patient_id: "h.Patient_ID", drug: "h.DrugName" }),
        given_in: {
          kind: "financial-month",
          year: column("h.FinancialYear"),
          month: column("h.FinancialMonth"),
        },
      },
    },
  ],
} as const satisfies { readonly [Table in ContractTable]?: Provision };
