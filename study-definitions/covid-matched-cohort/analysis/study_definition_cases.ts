/** Adults with a first record of COVID-19; its date is the index event of each of them. */
import { patients, study } from "cohortline";
import { firstCovid } from "./first-covid.ts";
import { historyBefore, outcomesFrom } from "./relative-to.ts";

export default study({
  indexDate: "2020-03-01",
  dummyData: "derived",
  defaultExpectations: {
    date: { earliest: "2020-03-01", latest: "2020-11-30" },
    rate: "uniform",
    incidence: 0.1,
  },

  // A year with one practice before the event, so that the history is there to be found.
  population: patients.satisfying(
    "covid_date AND followed AND NOT died_before AND age >= 18 AND age <= 110",
    {
      extraColumns: {
        followed: patients.registeredWithOnePracticeBetween("covid_date - 1 year", "covid_date"),
        died_before: patients.diedFromAnyCause({ onOrBefore: "covid_date - 1 day" }),
      },
    },
  ),

  columns: {
    ...firstCovid(0.1),
    // With age and sex, what match.py pairs cases and comparators by.
    region: patients.registeredPracticeAsOf("covid_date", "nuts1_region_name", {
      returnExpectations: {
        rate: "universal",
        category: { ratios: { "North East": 0.2, "North West": 0.3, London: 0.5 } },
      },
    }),
    ...historyBefore("covid_date"),
    ...outcomesFrom("covid_date"),
  },
});
