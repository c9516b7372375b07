/** How to declare what an OMOP database does not tell by itself, by contract table or its field. */
import type { OmopDeclared } from "./declared.ts";

type WaysOut = Readonly<Record<string, string>>;

/** In the words of who asks: an option of the database URL, or a line of the mapping file. */
export function waysOutOf({ saidIn }: Pick<OmopDeclared, "saidIn">): WaysOut {
  return { ...always, ...(saidIn === "url" ? inUrl : inFile) };
}

const BY_CODE =
  "Vaccines are not recorded by name: ask with_these_medications with a codelist of them.";
const AS_EVENTS = "Tests are events: ask with_these_clinical_events with a codelist of them.";

const always: WaysOut = {
  vaccinations: BY_CODE,
  immunisations: BY_CODE,
  first_covid_tests: AS_EVENTS,
  all_covid_tests: AS_EVENTS,
};

const inUrl: WaysOut = {
  "practice_registrations.practice_live_from":
    "If records are complete as long as somebody is observed, declare history=complete.",
  "practice_registrations.region": declared("practice.region"),
  "practice_registrations.stp_code": declared("practice.stp"),
  "practice_registrations.msoa": declared("practice.msoa"),
  "addresses.msoa": declared("address.msoa"),
  "addresses.imd_rank": declared("address.imd"),
  "addresses.rural_urban_class": declared("address.rural_urban"),
  hospital_ethnicities: declared("ethnicity", "person.race_source_value"),
  appointments:
    "Declare which visits are consultations, by their concepts: consultations=9202,581477.",
  outpatient_appointments:
    "Declare which visits are appointments, by their concepts: outpatients=9202.",
};

function declared(what: string, example = "location.location_source_value"): string {
  return `Declare the column that holds it: columns=${what}:${example}.`;
}

const inFile: WaysOut = {
  "practice_registrations.practice_live_from":
    "If records are complete as long as somebody is observed, say history: complete.",
  "practice_registrations.region": field("practice_registrations", "region"),
  "practice_registrations.stp_code": field("practice_registrations", "stp_code"),
  "practice_registrations.msoa": field("practice_registrations", "msoa"),
  "addresses.msoa": field("addresses", "msoa", "location.zip"),
  "addresses.imd_rank": field("addresses", "imd_rank", "{number_in_text: location.address_1}"),
  "addresses.rural_urban_class": field(
    "addresses",
    "rural_urban_class",
    "{number_in_text: location.address_2}",
  ),
  hospital_ethnicities:
    "Name its column under tables: hospital_ethnicities: {from: person, fields: {patient_id: person_id, code: race_source_value}}.",
  appointments:
    "Say which visits are consultations, by their concepts: consultations: [9202, 581477].",
  outpatient_appointments:
    "Say which visits are appointments, by their concepts: outpatients: [9202].",
};

function field(table: string, name: string, example = "location.location_source_value"): string {
  return `Name its column under tables: ${table}: {fields: {${name}: ${example}}}.`;
}
