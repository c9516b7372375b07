/**
 * Aftershocks: new health events month by month, and how unequally they fall on people.
 * Everybody alive and registered with one practice on the first of the month is in.
 */
import { codelistFromCsv, measure, patients, study, writeOutput } from "cohortline";

/** Coded events of the month that begins on the index date. */
const theMonth = { between: ["index_date", "last_day_of_month(index_date)"] } as const;

function snomed(name: string) {
  return codelistFromCsv(`codelists/${name}.csv`, { system: "snomed", column: "code" });
}

/** Whether it was recorded at all in the month. */
function recorded(name: string, incidence: number) {
  return patients.withTheseClinicalEvents(snomed(name), {
    ...theMonth,
    returning: "binary_flag",
    returnExpectations: { incidence },
  });
}

/** How often it was recorded in the month. */
function timesRecorded(name: string, incidence: number) {
  return patients.withTheseClinicalEvents(snomed(name), {
    ...theMonth,
    returning: "number_of_matches_in_period",
    returnExpectations: { incidence, int: { distribution: "poisson", mean: 2 } },
  });
}

const cohort = study({
  indexDate: "2020-01-01",
  // A patient's age band is that of her age.
  dummyData: "derived",
  defaultExpectations: {
    date: { earliest: "1900-01-01", latest: "today" },
    rate: "uniform",
    incidence: 0.5,
  },

  population: patients.satisfying("registered AND NOT died", {
    extraColumns: {
      registered: patients.registeredAsOf("index_date"),
      died: patients.diedFromAnyCause({ onOrBefore: "index_date", returning: "binary_flag" }),
    },
  }),

  columns: {
    sex: patients.sex({
      returnExpectations: { rate: "universal", category: { ratios: { F: 0.51, M: 0.49 } } },
    }),

    age: patients.ageAsOf("index_date", {
      returnExpectations: { rate: "universal", int: { distribution: "population_ages" } },
    }),

    age_band: patients.categorisedAs([
      ["0-17", "age < 18"],
      ["18-39", "age >= 18 AND age < 40"],
      ["40-59", "age >= 40 AND age < 60"],
      ["60-79", "age >= 60 AND age < 80"],
      ["80+", "age >= 80"],
      ["unknown", "DEFAULT"],
    ]),

    stp: patients.registeredPracticeAsOf("index_date", "stp_code", {
      returnExpectations: {
        rate: "universal",
        category: {
          ratios: {
            E54000005: 0.12,
            E54000006: 0.08,
            E54000007: 0.1,
            E54000008: 0.15,
            E54000009: 0.11,
            E54000010: 0.14,
            E54000012: 0.09,
            E54000013: 0.05,
            E54000014: 0.1,
            E54000015: 0.06,
          },
        },
      },
    }),

    region: patients.registeredPracticeAsOf("index_date", "nuts1_region_name", {
      returnExpectations: {
        rate: "universal",
        category: {
          ratios: {
            "North East": 0.05,
            "North West": 0.13,
            "Yorkshire and The Humber": 0.1,
            "East Midlands": 0.09,
            "West Midlands": 0.11,
            East: 0.11,
            London: 0.16,
            "South East": 0.16,
            "South West": 0.09,
          },
        },
      },
    }),

    practice: patients.registeredPracticeAsOf("index_date", "pseudo_id", {
      returnExpectations: {
        rate: "universal",
        int: { distribution: "normal", mean: 1000, stddev: 20 },
      },
    }),

    deep_vein_thrombosis: recorded("deep-vein-thrombosis", 0.02),
    pulmonary_embolism: recorded("pulmonary-embolism", 0.01),
    stroke: recorded("stroke", 0.03),
    myocardial_infarction: recorded("myocardial-infarction", 0.03),
    heart_failure: recorded("heart-failure", 0.05),
    acute_kidney_injury: recorded("acute-kidney-injury", 0.04),
    type_2_diabetes: timesRecorded("type-2-diabetes", 0.08),
    asthma: timesRecorded("asthma", 0.12),
    depression: timesRecorded("depression", 0.15),
  },
});

export default cohort;

const events = [
  "deep_vein_thrombosis",
  "pulmonary_embolism",
  "stroke",
  "myocardial_infarction",
  "heart_failure",
  "acute_kidney_injury",
  "type_2_diabetes",
  "asthma",
  "depression",
] as const;

const groups = ["population", "sex", "age_band", "stp", "region", "practice"] as const;

export const measures = events.flatMap((event) =>
  groups.map((group) =>
    measure(cohort, {
      id: `${event}_by_${group}`,
      numerator: event,
      denominator: "population",
      groupBy: group,
      smallNumberSuppression: true,
    }),
  ),
);

/** What each measure file holds, for the readers of the output folder. */
writeOutput(
  "analysis/measures_dict.txt",
  measures
    .map(({ id, numerator, group_by }) => `${id}: ${numerator} by ${(group_by ?? []).join(", ")}\n`)
    .join(""),
);
