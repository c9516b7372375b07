/** How to declare what an OMOP database does not tell by itself, by contract table or its field. */
export const waysOut: Readonly<Record<string, string>> = {
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
  vaccinations:
    "Vaccines are not recorded by name: ask with_these_medications with a codelist of them.",
  immunisations:
    "Vaccines are not recorded by name: ask with_these_medications with a codelist of them.",
  first_covid_tests: "Tests are events: ask with_these_clinical_events with a codelist of them.",
  all_covid_tests: "Tests are events: ask with_these_clinical_events with a codelist of them.",
};

function declared(what: string, example = "location.location_source_value"): string {
  return `Declare the column that holds it: columns=${what}:${example}.`;
}
