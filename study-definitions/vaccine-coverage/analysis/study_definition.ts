/**
 * Vaccine coverage: who has had a first and a second dose of a COVID-19 vaccine by each week of the campaign,
 * by priority group, ethnicity, region and age.
 */
import { codelistFromCsv, measure, patients, study } from "cohortline";

function concepts(name: string) {
  return codelistFromCsv(`codelists/${name}.csv`, { system: "snomed", column: "code" });
}

/** The category is the group of the census: 1 White, 2 Mixed, 3 Asian, 4 Black, 5 Other. */
const ethnicityCodes = codelistFromCsv("codelists/ethnicity.csv", {
  system: "ctv3",
  column: "code",
  categoryColumn: "group",
});

/** Whether a condition was recorded before the campaign; what is found later changes nobody's group. */
function before(name: string, incidence: number) {
  return patients.withTheseClinicalEvents(concepts(name), {
    onOrBefore: "2020-12-07",
    returnExpectations: { incidence },
  });
}

const cohort = study({
  // A Monday. A patient is covered in a week if the dose was given before it began, so all index dates
  // count full weeks.
  indexDate: "2021-12-27",
  dummyData: "derived",
  defaultExpectations: {
    date: { earliest: "2020-12-08", latest: "index_date" },
    rate: "uniform",
    incidence: 0.1,
  },

  population: patients.satisfying("registered AND NOT died AND age >= 16 AND age <= 120", {
    extraColumns: {
      registered: patients.registeredAsOf("index_date"),
      died: patients.diedFromAnyCause({ onOrBefore: "index_date" }),
    },
  }),

  columns: {
    // Priority groups go by the age on 31 March 2021, in every week of the campaign.
    age: patients.ageAsOf("2021-03-31", {
      returnExpectations: { rate: "universal", int: { distribution: "population_ages" } },
    }),

    sex: patients.sex({
      returnExpectations: { rate: "universal", category: { ratios: { F: 0.51, M: 0.49 } } },
    }),

    region: patients.registeredPracticeAsOf("index_date", "nuts1_region_name", {
      returnExpectations: {
        rate: "universal",
        category: {
          ratios: {
            "North East": 0.1,
            "North West": 0.2,
            "Yorkshire and The Humber": 0.2,
            London: 0.3,
            "South East": 0.2,
          },
        },
      },
    }),

    // The latest group that was recorded; "Unknown" is a group of its own, since it is not missing at random.
    ethnicity: patients.categorisedAs(
      [
        ["White", "ethnic_group = '1'"],
        ["Mixed", "ethnic_group = '2'"],
        ["Asian", "ethnic_group = '3'"],
        ["Black", "ethnic_group = '4'"],
        ["Other", "ethnic_group = '5'"],
        ["Unknown", "DEFAULT"],
      ],
      {
        extraColumns: {
          ethnic_group: patients.withTheseClinicalEvents(ethnicityCodes, {
            onOrBefore: "index_date",
            returning: "category",
            findLastMatchInPeriod: true,
            returnExpectations: {
              rate: "uniform",
              incidence: 0.8,
              category: { ratios: { "1": 0.7, "2": 0.05, "3": 0.15, "4": 0.05, "5": 0.05 } },
            },
          }),
        },
      },
    ),

    // The first condition that holds decides, so each patient is in the earliest group that invited her.
    priority_group: patients.categorisedAs(
      [
        ["01 care home residents", "care_home AND age >= 65"],
        ["02 80 and over", "age >= 80"],
        ["03 75 to 79", "age >= 75"],
        ["04 70 to 74 or extremely vulnerable", "age >= 70 OR (vulnerable AND age >= 16)"],
        ["05 65 to 69", "age >= 65"],
        ["06 16 to 64 at risk", "at_risk AND age >= 16"],
        ["07 60 to 64", "age >= 60"],
        ["08 55 to 59", "age >= 55"],
        ["09 50 to 54", "age >= 50"],
        ["10 under 50", "DEFAULT"],
      ],
      {
        extraColumns: {
          care_home: patients.careHomeStatusAsOf("2020-12-07", {
            returnExpectations: { incidence: 0.03 },
          }),
          vulnerable: before("extremely-vulnerable", 0.03),
          at_risk: patients.satisfying("diabetes OR asthma OR heart_disease OR kidney_disease", {
            extraColumns: {
              diabetes: before("diabetes", 0.06),
              asthma: before("asthma", 0.1),
              heart_disease: before("heart-disease", 0.05),
              kidney_disease: before("chronic-kidney-disease", 0.05),
            },
          }),
        },
      },
    ),

    age_band: patients.categorisedAs([
      ["16-49", "age < 50"],
      ["50-64", "age < 65"],
      ["65-79", "age < 80"],
      ["80+", "DEFAULT"],
    ]),

    first_dose_date: patients.withTppVaccinationRecord({
      targetDiseaseMatches: "SARS-2 CORONAVIRUS",
      between: ["2020-12-08", "index_date - 1 day"],
      findFirstMatchInPeriod: true,
      returning: "date",
      dateFormat: "YYYY-MM-DD",
      returnExpectations: { incidence: 0.6 },
    }),

    // A record less than three weeks after the first is the same dose, entered twice.
    second_dose_date: patients.withTppVaccinationRecord({
      targetDiseaseMatches: "SARS-2 CORONAVIRUS",
      between: ["first_dose_date + 21 days", "index_date - 1 day"],
      findFirstMatchInPeriod: true,
      returning: "date",
      dateFormat: "YYYY-MM-DD",
      returnExpectations: { incidence: 0.3 },
    }),

    first_dose: patients.satisfying("first_dose_date"),
    second_dose: patients.satisfying("first_dose_date AND second_dose_date"),
  },
});

export default cohort;

/** A count of 7 or less is hidden, and what is shown is a multiple of 5. */
const disclosureControl = {
  smallNumberSuppression: { threshold: 7 },
  rounding: { to: 5 },
} as const;

const groups = {
  priority_group: ["priority_group"],
  ethnicity: ["ethnicity"],
  region: ["region"],
  age_band_and_sex: ["age_band", "sex"],
  age_band_and_ethnicity: ["age_band", "ethnicity"],
} as const;

export const measures = (["first_dose", "second_dose"] as const).flatMap((dose) =>
  Object.entries(groups).map(([name, groupBy]) =>
    measure(cohort, {
      id: `${dose}_by_${name}`,
      numerator: dose,
      denominator: "population",
      groupBy,
      ...disclosureControl,
    }),
  ),
);
