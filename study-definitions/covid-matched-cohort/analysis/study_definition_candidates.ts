/** Everybody who may be matched to a case: what match.py must know of them, and no more. */
import { patients, study } from "cohortline";
import { firstCovid } from "./first-covid.ts";

const afterwards = { onOrAfter: "index_date", dateFormat: "YYYY-MM-DD" } as const;

export default study({
  indexDate: "2020-03-01",
  dummyData: "derived",
  defaultExpectations: {
    date: { earliest: "2020-03-01", latest: "2020-11-30" },
    rate: "uniform",
    incidence: 0.1,
  },

  population: patients.satisfying("followed AND NOT died_before AND age >= 18 AND age <= 110", {
    extraColumns: {
      followed: patients.registeredWithOnePracticeBetween("index_date - 1 year", "index_date"),
      died_before: patients.diedFromAnyCause({ onOrBefore: "index_date" }),
    },
  }),

  columns: {
    sex: patients.sex({
      returnExpectations: { rate: "universal", category: { ratios: { F: 0.51, M: 0.49 } } },
    }),
    age: patients.ageAsOf("index_date", {
      returnExpectations: { rate: "universal", int: { distribution: "population_ages" } },
    }),
    region: patients.registeredPracticeAsOf("index_date", "nuts1_region_name", {
      returnExpectations: {
        rate: "universal",
        category: { ratios: { "North East": 0.2, "North West": 0.3, London: 0.5 } },
      },
    }),
    // A candidate may be a comparator until the day of any of these.
    ...firstCovid(0.03),
    death_date: patients.diedFromAnyCause({
      ...afterwards,
      returning: "date_of_death",
      returnExpectations: { incidence: 0.02 },
    }),
    left_practice_date: patients.dateDeregisteredFromAllSupportedPractices({
      ...afterwards,
      returnExpectations: { incidence: 0.03 },
    }),
  },
});
