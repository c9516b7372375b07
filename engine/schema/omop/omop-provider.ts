/** An OMOP database, 5.3 or 5.4, as a provider of the contract tables. */
import { isoDateOf } from "../../base/dates.ts";
import type { ContractTable } from "../contract.ts";
import type { Meaning } from "../meaning.ts";
import { column } from "../provision.ts";
import type { Provider, Provision, Source } from "../provision.ts";
import { noSystemTables } from "../system-tables.ts";
import { usualVocabularies } from "../vocabulary-settings.ts";
import {
  conceptDeaths,
  conceptEvents,
  conceptMedications,
  visitDiagnoses,
  visitProcedures,
} from "./coded-rows.ts";
import type { OmopDeclared } from "./declared.ts";
import { ifMissing } from "./if-missing.ts";
import { omopTablesOf } from "./omop-tables.ts";
import { addresses, ethnicities, registrations } from "./places.ts";
import { admissions, attendances, consultations, intensiveCare, outpatients } from "./visits.ts";
import { vocabularies } from "./vocabularies.ts";
import { waysOutOf } from "./ways-out.ts";

const meaning: Omit<Meaning, "bodyMass"> = {
  ties: "ids",
  undated: "missing",
  eventCodes: "concepts",
  places: "current-address",
  practices: "codes",
  noDeprivation: -1,
  lastDeath: isoDateOf("9999-12-31"),
  vaccines: "names",
};

function meaningOf({ bodyMass, deaths }: OmopDeclared): Meaning {
  return {
    ...meaning,
    bodyMass: {
      table: "concept_events",
      index: bodyMass.index.map(String),
      weight: bodyMass.weight.map(String),
      height: bodyMass.height.map(String),
      zeroHeight: "index",
      valuesMayBeMissing: false,
    },
    ...(deaths.causeIsUnderlying ? { causeIsUnderlying: true } : {}),
    ...(deaths.primaryCareTypes.length > 0 ? { tellsPrimaryCareDeaths: true } : {}),
  };
}

const lacking: Source = { kind: "lacking" };
const one: Source = { kind: "number", value: 1 };

/** Without a month that of the time of birth, else January; without a day the first. */
const bornOn: Source = {
  kind: "first-of",
  of: [
    dayOfBirth(column("p.month_of_birth")),
    { kind: "day-of", of: column("p.birth_datetime") },
    dayOfBirth(one),
  ],
};

function dayOfBirth(month: Source): Source {
  return {
    kind: "day-from",
    year: column("p.year_of_birth"),
    month,
    day: column("p.day_of_birth"),
  };
}

const patients: Provision = [
  {
    table: "person",
    alias: "p",
    fields: {
      patient_id: column("p.person_id"),
      sex: {
        kind: "renamed",
        of: { kind: "digits", of: column("p.gender_concept_id") },
        names: [
          ["8507", "M"],
          ["8532", "F"],
        ],
        others: "empty",
      },
      born_on: bornOn,
      died_on: lacking,
    },
  },
];

const none = {
  patients_not_opted_out: null,
  households: null,
  ctv3_events: null,
  snomed_events: null,
  medications: null,
  decision_support_values: null,
  vaccinations: null,
  immunisations: null,
  registered_deaths: null,
  covid_patient_notifications: null,
  first_covid_tests: null,
  all_covid_tests: null,
  covid_treatments: null,
  healthcare_workers: null,
  isaric: null,
  renal_registry: null,
  outpatient_procedures: null,
  high_cost_drugs: null,
  care_homes: null,
  event_ranges: null,
  trial_practices: null,
  trial_properties: null,
  previous_product_ids: null,
  builds: null,
} as const satisfies { readonly [Table in ContractTable]?: null };

export function omop(declared: OmopDeclared): Provider {
  const { systems } = declared.vocabularies;
  const icd10 = systems["icd10"] ?? usualVocabularies["icd10"] ?? [];
  return {
    name: "omop",
    described: "an OMOP database",
    tables: omopTablesOf(declared.version),
    meaning: meaningOf(declared),
    vocabularies: declared.vocabularies,
    hasLongIds: true,
    waysOut: waysOutOf(declared),
    ifMissing: ifMissing(declared),
    provides: {
      ...none,
      ...noSystemTables,
      ...vocabularies,
      patients,
      practice_registrations: registrations(declared),
      addresses: addresses(declared),
      concept_events: conceptEvents(declared),
      concept_medications: conceptMedications(declared),
      concept_deaths: conceptDeaths(declared, icd10),
      visit_diagnoses: visitDiagnoses,
      visit_procedures: visitProcedures,
      hospital_admissions: admissions(declared),
      emergency_attendances: attendances(declared),
      icu_admissions: intensiveCare(declared),
      appointments: consultations(declared),
      outpatient_appointments: outpatients(declared),
      hospital_ethnicities: ethnicities(declared),
    },
  };
}
