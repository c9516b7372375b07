/** What a TPP database holds of patients, practices and general practice records. */
import type { ContractTable } from "../contract.ts";
import { plain } from "../provision.ts";
import type { Provision } from "../provision.ts";

const registrations: Provision = [
  {
    table: "RegistrationHistory",
    alias: "r",
    joins: [
      {
        table: "Organisation",
        alias: "o",
        kind: "left",
        on: [["r.Organisation_ID", "o.Organisation_ID"]],
      },
    ],
    fields: {
      practice_code: { kind: "lacking" },
      ...plain({
        patient_id: "r.Patient_ID",
        registration_id: "r.Registration_ID",
        starts_at: "r.StartDate",
        ends_at: "r.EndDate",
        practice_id: "r.Organisation_ID",
        known_practice_id: "o.Organisation_ID",
        practice_live_from: "o.GoLiveDate",
        stp_code: "o.STPCode",
        msoa: "o.MSOACode",
        region: "o.Region",
      }),
    },
  },
];

function codedEvents(table: string, code: string): Provision {
  const fields = plain({
    patient_id: "e.Patient_ID",
    event_id: "e.CodedEvent_ID",
    code: `e.${code}`,
    recorded_at: "e.ConsultationDate",
    known_at: "e.ConsultationDate",
    numeric_value: "e.NumericValue",
  });
  return [{ table, alias: "e", fields }];
}

const households: Provision = [
  {
    table: "HouseholdMember",
    alias: "m",
    joins: [
      { table: "Household", alias: "h", kind: "inner", on: [["m.Household_ID", "h.Household_ID"]] },
    ],
    // Missing does not match either.
    where: [["h.NFA_Unknown", false]],
    fields: plain({
      patient_id: "m.Patient_ID",
      household_id: "h.Household_ID",
      size: "h.HouseholdSize",
      is_prison: "h.Prison",
      has_other_systems: "h.MixedSoftwareHousehold",
      percentage_here: "h.TppPercentage",
      msoa: "h.MSOA",
    }),
  },
];

const medications: Provision = [
  {
    table: "MedicationIssue",
    alias: "m",
    joins: [
      {
        table: "MedicationDictionary",
        alias: "d",
        kind: "inner",
        on: [["m.MultilexDrug_ID", "d.MultilexDrug_ID"]],
      },
    ],
    fields: plain({
      patient_id: "m.Patient_ID",
      issue_id: "m.MedicationIssue_ID",
      code: "d.DMD_ID",
      issued_at: "m.ConsultationDate",
      known_at: "m.ConsultationDate",
    }),
  },
];

const vaccinations: Provision = [
  {
    table: "Vaccination",
    alias: "v",
    joins: [
      {
        table: "VaccinationReference",
        alias: "r",
        kind: "inner",
        on: [["v.VaccinationName_ID", "r.VaccinationName_ID"]],
      },
    ],
    fields: plain({
      patient_id: "v.Patient_ID",
      given_at: "v.VaccinationDate",
      product: "r.VaccinationName",
      target_disease: "r.VaccinationContent",
    }),
  },
];

const trialReference = {
  table: "ClusterRandomisedTrialReference",
  alias: "n",
  kind: "inner",
  on: [["t.TrialNumber", "n.TrialNumber"]],
} as const;

function one(table: string, fields: Readonly<Record<string, string>>): Provision {
  const qualified = Object.fromEntries(Object.entries(fields).map(([k, v]) => [k, `t.${v}`]));
  return [{ table, alias: "t", fields: plain(qualified) }];
}

export const tppPrimaryCare = {
  patients: one("Patient", {
    patient_id: "Patient_ID",
    sex: "Sex",
    born_on: "DateOfBirth",
    died_on: "DateOfDeath",
  }),
  patients_not_opted_out: one("AllowedPatientsWithTypeOneDissent", { patient_id: "Patient_ID" }),
  practice_registrations: registrations,
  addresses: one("PatientAddress", {
    patient_id: "Patient_ID",
    address_id: "PatientAddress_ID",
    starts_at: "StartDate",
    ends_at: "EndDate",
    imd_rank: "ImdRankRounded",
    rural_urban_class: "RuralUrbanClassificationCode",
    msoa: "MSOACode",
  }),
  households,
  ctv3_events: codedEvents("CodedEvent", "CTV3Code"),
  snomed_events: codedEvents("CodedEvent_SNOMED", "ConceptID"),
  medications,
  decision_support_values: one("DecisionSupportValue", {
    patient_id: "Patient_ID",
    algorithm: "AlgorithmType",
    calculated_at: "CalculationDateTime",
    numeric_value: "NumericValue",
  }),
  appointments: one("Appointment", {
    patient_id: "Patient_ID",
    seen_at: "SeenDate",
    status: "Status",
  }),
  vaccinations,
  immunisations: null,
  care_homes: one("PotentialCareHomeAddress", {
    address_id: "PatientAddress_ID",
    requires_nursing: "LocationRequiresNursing",
    no_nursing: "LocationDoesNotRequireNursing",
  }),
  event_ranges: one("CodedEventRange", {
    event_id: "CodedEvent_ID",
    lower_bound: "LowerBound",
    upper_bound: "UpperBound",
    comparator: "Comparator",
  }),
  trial_practices: [
    {
      table: "ClusterRandomisedTrial",
      alias: "t",
      joins: [trialReference],
      fields: plain({
        practice_id: "t.Organisation_ID",
        trial: "n.TrialName",
        arm: "t.TrialArm",
      }),
    },
  ],
  trial_properties: [
    {
      table: "ClusterRandomisedTrialDetail",
      alias: "t",
      joins: [trialReference],
      fields: plain({
        practice_id: "t.Organisation_ID",
        trial: "n.TrialName",
        property: "t.Property",
        value: "t.PropertyValue",
      }),
    },
  ],
  previous_product_ids: one("VmpMapping", { id: "id", previous_id: "prev_id" }),
  builds: one("BuildProgress", {
    event: "Event",
    started_at: "EventStart",
    ended_at: "EventEnd",
  }),
} as const satisfies { readonly [Table in ContractTable]?: Provision | null };
