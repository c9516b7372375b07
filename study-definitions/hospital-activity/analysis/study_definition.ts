/**
 * Hospital activity: outpatient appointments and attendances of accident and emergency in each month, before
 * and during the pandemic, and how they differ by age, region, deprivation and ethnicity.
 *
 * Ethnicity is not a column here: the action join_ethnicity adds it to the cohort files.
 */
import { codelistFromCsv, fromFile, measure, patients, study } from "cohortline";

const cardiacComplaints = codelistFromCsv("codelists/cardiac-complaints.csv", {
  system: "snomed",
  column: "code",
});

const inTheMonth = { between: ["index_date", "last_day_of_month(index_date)"] } as const;

/** Admission to the same hospital's ward, as emergency departments code where a patient went. */
const admitted = ["306706006"];

/** Appointments that the patient kept. */
const appointments = {
  ...inTheMonth,
  attended: true,
  returning: "number_of_matches_in_period",
} as const;

const attendances = { ...inTheMonth, returning: "number_of_matches_in_period" } as const;

function some(incidence: number) {
  return { incidence, int: { distribution: "poisson", mean: 1.5 } } as const;
}

const cohort = study({
  indexDate: "2020-01-01",
  dummyData: "derived",
  defaultExpectations: {
    date: { earliest: "2019-04-01", latest: "last_day_of_month(index_date)" },
    rate: "uniform",
    incidence: 0.1,
  },

  // Those registered on the first of the month; who dies during it still counts for it.
  population: patients.satisfying("registered AND NOT died AND age >= 0 AND age <= 120", {
    extraColumns: {
      registered: patients.registeredAsOf("index_date"),
      died: patients.diedFromAnyCause({ onOrBefore: "index_date" }),
      age: patients.ageAsOf("index_date", {
        returnExpectations: { rate: "universal", int: { distribution: "population_ages" } },
      }),
    },
  }),

  columns: {
    age_band: patients.categorisedAs([
      ["0-17", "age < 18"],
      ["18-64", "age < 65"],
      ["65-79", "age < 80"],
      ["80+", "DEFAULT"],
    ]),

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

    // Fifths of all 32,844 small areas of England; 0 stands for the first fifty ranks, -1 for not known.
    deprivation: patients.categorisedAs(
      [
        ["1 most deprived", "rank >= 0 AND rank <= 6500"],
        ["2", "rank > 6500 AND rank <= 13100"],
        ["3", "rank > 13100 AND rank <= 19700"],
        ["4", "rank > 19700 AND rank <= 26200"],
        ["5 least deprived", "rank > 26200"],
        ["unknown", "DEFAULT"],
      ],
      {
        extraColumns: {
          rank: patients.addressAsOf("index_date", "index_of_multiple_deprivation", {
            roundToNearest: 100,
            returnExpectations: {
              rate: "universal",
              category: {
                ratios: { "3000": 0.2, "9000": 0.2, "16000": 0.2, "23000": 0.2, "30000": 0.2 },
              },
            },
          }),
        },
      },
    ),

    outpatient_appointments: patients.outpatientAppointmentDate({
      ...appointments,
      returnExpectations: some(0.2),
    }),
    first_appointments: patients.outpatientAppointmentDate({
      ...appointments,
      isFirstAttendance: true,
      returnExpectations: some(0.1),
    }),
    cardiology_appointments: patients.outpatientAppointmentDate({
      ...appointments,
      withTheseTreatmentFunctionCodes: "320",
      returnExpectations: some(0.05),
    }),

    emergency_attendances: patients.attendedEmergencyCare({
      ...attendances,
      returnExpectations: some(0.1),
    }),
    cardiac_emergencies: patients.attendedEmergencyCare({
      ...attendances,
      withTheseDiagnoses: cardiacComplaints,
      returnExpectations: some(0.03),
    }),
    emergencies_admitted: patients.attendedEmergencyCare({
      ...attendances,
      dischargedTo: admitted,
      returnExpectations: some(0.03),
    }),
  },
});

export default cohort;

const activities = [
  "outpatient_appointments",
  "first_appointments",
  "cardiology_appointments",
  "emergency_attendances",
  "cardiac_emergencies",
  "emergencies_admitted",
] as const;

const groups = {
  everybody: ["population"],
  age_band: ["age_band", "sex"],
  region: ["region"],
  deprivation: ["deprivation"],
  ethnicity: [fromFile("ethnicity")],
} as const;

/** Appointments or attendances for each registered patient in the month. */
export const measures = activities.flatMap((activity) =>
  Object.entries(groups).map(([name, groupBy]) =>
    measure(cohort, {
      id: `${activity}_by_${name}`,
      numerator: activity,
      denominator: "population",
      groupBy,
      smallNumberSuppression: { threshold: 7 },
      rounding: { to: 5 },
    }),
  ),
);
