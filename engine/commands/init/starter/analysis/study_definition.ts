// How many patients have asthma recorded in a month, by age group?
import { codelistFromCsv, measure, patients, study } from "cohortline";

const asthmaCodes = codelistFromCsv("codelists/asthma.csv", { system: "snomed" });

const cohort = study({
  // Dummy data: what values look like where a column does not say, and age groups that fit the ages.
  defaultExpectations: { date: { earliest: "2000-01-01", latest: "index_date" }, incidence: 0.1 },
  dummyData: "derived",
  // Who is in, decided anew at each index date.
  population: patients.registeredAsOf("index_date"),
  // What is known of each patient: the columns of the cohort files.
  columns: {
    age: patients.ageAsOf("index_date", {
      returnExpectations: { rate: "universal", int: { distribution: "population_ages" } },
    }),
    age_group: patients.categorisedAs([
      ["0-17", "age < 18"],
      ["18-64", "age < 65"],
      ["65+", "DEFAULT"],
    ]),
    asthma: patients.withTheseClinicalEvents(asthmaCodes, {
      between: ["index_date", "last_day_of_month(index_date)"],
    }),
  },
});
export default cohort;

// A share of patients in each group, at each index date. Numbers up to 5 are hidden.
export const measures = [
  measure(cohort, {
    id: "asthma_by_age_group",
    numerator: "asthma",
    denominator: "population",
    groupBy: "age_group",
    smallNumberSuppression: true,
  }),
];
