/** An EMIS database as a provider of the contract tables. */
import { isoDateOf } from "../../base/dates.ts";
import { noConceptTables } from "../concept-tables.ts";
import { noSystemTables } from "../system-tables.ts";
import type { ContractTable } from "../contract.ts";
import { CAUSES_OF_DEATH } from "../contract.ts";
import type { Meaning } from "../meaning.ts";
import { column, plain } from "../provision.ts";
import type { Provider, Provision, Selection, Source } from "../provision.ts";
import { emisTables, PATIENTS } from "./emis-tables.ts";
import type { RegistrationIds } from "./emis-tables.ts";

const meaning: Meaning = {
  ties: "values",
  undated: "dated",
  eventCodes: "numbers",
  places: "current",
  practices: "codes",
  noDeprivation: 0,
  lastDeath: isoDateOf("9999-12-31"),
  vaccines: "codes",
  bodyMass: {
    table: "snomed_events",
    index: ["301331008"],
    weight: ["27113001", "162763007"],
    height: ["271603002", "162755006"],
    zeroHeight: "nothing",
    valuesMayBeMissing: true,
  },
};

const lacking: Source = { kind: "lacking" };

const OPEN = isoDateOf("9999-12-31");

/** The day that an event without a date counts as. */
const UNDATED = isoDateOf("1900-01-01");

/** As a table of patients; whoever is registered under one id twice is in none of it. */
function registrations(id: Source, fields: Readonly<Record<string, Source>>): Provision {
  return [{ table: PATIENTS, alias: "p", unique: true, fields: { patient_id: id, ...fields } }];
}

function primaryCare(id: (alias: string) => Source) {
  return {
    patients: registrations(id("p"), {
      sex: {
        kind: "renamed",
        of: { kind: "digits", of: column("p.gender") },
        names: [
          ["1", "M"],
          ["2", "F"],
        ],
        others: "empty",
      },
      ...plain({ born_on: "p.date_of_birth", died_on: "p.date_of_death" }),
    }),
    patients_not_opted_out: null,
    practice_registrations: registrations(id("p"), {
      registration_id: lacking,
      practice_id: lacking,
      known_practice_id: lacking,
      practice_live_from: lacking,
      ends_at: { kind: "or-else", of: column("p.registration_end_date"), day: OPEN },
      ...plain({
        starts_at: "p.registered_date",
        practice_code: "p.hashed_organisation",
        stp_code: "p.stp_code",
        msoa: "p.msoa",
        region: "p.english_region_name",
      }),
    }),
    addresses: registrations(id("p"), {
      address_id: lacking,
      starts_at: lacking,
      ends_at: lacking,
      msoa: lacking,
      ...plain({ imd_rank: "p.imd_rank", rural_urban_class: "p.rural_urban" }),
    }),
    snomed_events: coded("observation_all_orgs_v2", id, "recorded_at", {
      event_id: lacking,
      numeric_value: column("e.value_pq_1"),
    }),
    medications: coded("medication_all_orgs_v2", id, "issued_at", { issue_id: lacking }),
    immunisations: coded("immunisation_all_orgs_v2", id, "given_at", {}),
  } as const satisfies Partial<Provider["provides"]>;
}

function coded(
  table: string,
  id: (alias: string) => Source,
  date: string,
  fields: Readonly<Record<string, Source>>,
): Provision {
  const known = date === "given_at" ? {} : { known_at: column("e.effective_date") };
  return [
    {
      table,
      alias: "e",
      fields: {
        patient_id: id("e"),
        code: { kind: "digits", of: column("e.snomed_concept_id") },
        [date]: { kind: "or-else", of: column("e.effective_date"), day: UNDATED },
        ...known,
        ...fields,
      },
    },
  ];
}

function datasets(id: (alias: string) => Source) {
  const causes = Array.from({ length: CAUSES_OF_DEATH }, (_, i): [string, Source] => [
    `cause_${i + 1}`,
    column(`o.icd10${String(i + 1).padStart(3, "0")}`),
  ]);
  const deaths: Selection = {
    table: "ons_view",
    alias: "o",
    joins: [
      { table: PATIENTS, alias: "p", kind: "inner", on: [["o.pseudonhsnumber", "p.nhs_no"]] },
    ],
    // Each upload holds all deaths anew.
    latest: { kind: "day-in-text", of: column("o.upload_date"), layout: "iso-or-day-first" },
    fields: {
      patient_id: id("p"),
      died_on: { kind: "day-in-text", of: deathDigits, layout: "compact" },
      underlying_cause: column("o.icd10u"),
      place: lacking,
      ...Object.fromEntries(causes),
    },
  };
  return {
    registered_deaths: [deaths],
    covid_patient_notifications: [
      {
        table: "cpns_view",
        alias: "c",
        fields: { patient_id: id("c"), died_on: column("c.dateofdeath") },
      },
    ],
    icu_admissions: [
      {
        table: "icnarc_view",
        alias: "i",
        fields: {
          patient_id: id("i"),
          admitted_at: {
            kind: "earlier",
            of: [column("i.icuadmissiondatetime"), column("i.originalicuadmissiondate")],
          },
          basic_respiratory_days: column("i.basicdays_respiratorysupport"),
          advanced_respiratory_days: column("i.advanceddays_respiratorysupport"),
        },
      },
    ],
  } as const satisfies Partial<Provider["provides"]>;
}

/** A whole number such as 20200331; 0 is no day. */
const deathDigits: Source = {
  kind: "unless",
  of: { kind: "digits", of: column("o.reg_stat_dod") },
  texts: ["0"],
};

const none = {
  households: null,
  ctv3_events: null,
  decision_support_values: null,
  appointments: null,
  vaccinations: null,
  first_covid_tests: null,
  all_covid_tests: null,
  covid_treatments: null,
  healthcare_workers: null,
  isaric: null,
  renal_registry: null,
  emergency_attendances: null,
  hospital_admissions: null,
  outpatient_appointments: null,
  outpatient_procedures: null,
  hospital_ethnicities: null,
  high_cost_drugs: null,
  care_homes: null,
  event_ranges: null,
  trial_practices: null,
  trial_properties: null,
  previous_product_ids: null,
  builds: null,
} as const satisfies { readonly [Table in ContractTable]?: null };

export function emis(ids: RegistrationIds): Provider {
  const id = (alias: string): Source => {
    const of = column(`${alias}.registration_id`);
    return ids === "int" ? of : { kind: "number-in-hex", of };
  };
  return {
    name: "emis",
    described: "an EMIS database",
    tables: emisTables(ids),
    meaning,
    keptColumn: { name: "hashed_organisation", environment: "EMIS_ORGANISATION_HASH" },
    provides: {
      ...none,
      ...noConceptTables,
      ...noSystemTables,
      ...primaryCare(id),
      ...datasets(id),
    },
  };
}
