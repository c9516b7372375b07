import { codelist, patients, study } from "cohortline";

const asthma = codelist(
  [
    ["195967001", "asthma"],
    ["304527002", "acute"],
  ],
  "snomed",
);
const inhalers = codelist(["3214311000001109"], "snomed");
const weights = codelist(["22A.."], "ctv3");

export default study({
  indexDate: "2020-01-01",
  population: patients.satisfying("registered AND age >= 16 AND NOT died", {
    extraColumns: {
      registered: patients.registeredAsOf("index_date"),
      died: patients.diedFromAnyCause({ onOrBefore: "index_date" }),
    },
  }),
  columns: {
    // once: the same for all index dates
    asthma_2019: patients.withTheseClinicalEvents(asthma, {
      between: ["2019-01-01", "2019-12-31"],
    }),
    // one-date: no day is in two windows
    asthma_this_month: patients.withTheseClinicalEvents(asthma, {
      between: ["index_date", "last_day_of_month(index_date)"],
      returning: "number_of_matches_in_period",
    }),
    episodes_this_month: patients.withTheseClinicalEvents(asthma, {
      between: ["index_date", "last_day_of_month(index_date)"],
      returning: "number_of_episodes",
      episodeDefinedAs: "series of events each <= 14 days apart",
    }),
    // from-then-on: more rows with each index date
    first_asthma: patients.withTheseClinicalEvents(asthma, {
      onOrBefore: "index_date",
      returning: "date",
      dateFormat: "YYYY-MM-DD",
      findFirstMatchInPeriod: true,
    }),
    kind_of_asthma: patients.withTheseClinicalEvents(asthma, {
      onOrBefore: "index_date",
      returning: "category",
      findLastMatchInPeriod: true,
    }),
    // until-then: fewer rows with each index date
    next_inhaler: patients.withTheseMedications(inhalers, {
      onOrAfter: "index_date",
      returning: "date",
      dateFormat: "YYYY-MM-DD",
      findFirstMatchInPeriod: true,
    }),
    // repeated: a row is in several windows
    weight: patients.meanRecordedValue(weights, {
      onMostRecentDayOfMeasurement: true,
      between: ["index_date - 1 year", "index_date"],
    }),
    // spans: rows that begin and end
    region: patients.registeredPracticeAsOf("index_date", "nuts1_region_name"),
    imd: patients.addressAsOf("index_date", "index_of_multiple_deprivation", {
      roundToNearest: 100,
    }),
    // by-column: bounded by a column that moves
    inhalers_since: patients.withTheseMedications(inhalers, {
      between: ["first_asthma", "first_asthma + 3 months"],
      returning: "number_of_matches_in_period",
    }),
    age: patients.ageAsOf("first_day_of_month(index_date)"),
    age_band: patients.categorisedAs({
      "16-59": "age >= 16 AND age < 60",
      "60+": "age >= 60",
      unknown: "DEFAULT",
    }),
    earliest: patients.minimumOf("first_asthma", "next_inhaler"),
  },
});
