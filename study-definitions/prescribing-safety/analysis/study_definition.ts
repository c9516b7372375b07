/**
 * Prescribing safety: how many patients at risk get a medicine that may harm them, or get one without the
 * monitoring or protection that it needs, month by month and practice by practice.
 *
 * Each indicator has a denominator, the patients at risk, and a numerator, those of them with the hazard.
 */
import { codelistFromCsv, measure, patients, study } from "cohortline";

function medicines(name: string) {
  return codelistFromCsv(`codelists/${name}.csv`, { system: "snomed", column: "dmd_id" });
}

function concepts(name: string) {
  return codelistFromCsv(`codelists/${name}.csv`, { system: "snomed", column: "code" });
}

/** Both ends of a period count: in days, the two quarters of 91 days touch without sharing a day. */
const lastQuarter = { between: ["index_date - 91 days", "index_date - 1 day"] } as const;
const quarterBefore = { between: ["index_date - 182 days", "index_date - 92 days"] } as const;
const lastFifteenMonths = { between: ["index_date - 15 months", "index_date - 1 day"] } as const;

function prescribed(name: string, incidence: number) {
  return patients.withTheseMedications(medicines(name), {
    ...lastQuarter,
    returnExpectations: { incidence },
  });
}

function everRecorded(name: string, incidence: number) {
  return patients.withTheseClinicalEvents(concepts(name), {
    onOrBefore: "index_date - 1 day",
    returnExpectations: { incidence },
  });
}

function tested(name: string, period: typeof lastQuarter | typeof lastFifteenMonths) {
  return patients.withTheseClinicalEvents(concepts(name), {
    ...period,
    returnExpectations: { incidence: 0.6 },
  });
}

const cohort = study({
  indexDate: "2021-04-01",
  // Indicators are worked out from the columns they read, so that no numerator exceeds its denominator.
  dummyData: "derived",
  defaultExpectations: {
    date: { earliest: "2000-01-01", latest: "index_date" },
    incidence: 0.1,
  },

  // Fifteen months with one practice: nobody counts as untested only because the record began late.
  population: patients.satisfying("followed AND NOT died AND age >= 18 AND age <= 120", {
    extraColumns: {
      followed: patients.registeredWithOnePracticeBetween("index_date - 15 months", "index_date"),
      died: patients.diedFromAnyCause({ onOrBefore: "index_date" }),
    },
  }),

  columns: {
    age: patients.ageAsOf("index_date", {
      returnExpectations: { rate: "universal", int: { distribution: "population_ages" } },
    }),

    practice: patients.registeredPracticeAsOf("index_date", "pseudo_id", {
      returnExpectations: {
        rate: "universal",
        int: { distribution: "normal", mean: 20, stddev: 2 },
      },
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

    // What was prescribed in the last quarter.
    nsaid: prescribed("oral-nsaids", 0.15),
    gastroprotection: prescribed("gastroprotection", 0.3),
    beta_blocker: prescribed("beta-blockers", 0.1),
    methotrexate: prescribed("methotrexate", 0.05),
    renal_medicine: prescribed("ace-inhibitors-and-loop-diuretics", 0.25),
    methotrexate_before: patients.withTheseMedications(medicines("methotrexate"), {
      ...quarterBefore,
      returnExpectations: { incidence: 0.6 },
    }),

    // What was ever recorded.
    peptic_ulcer: everRecorded("peptic-ulcer", 0.15),
    asthma: everRecorded("asthma", 0.3),

    // What was tested. A test counts by its code, whether or not its value was recorded.
    blood_count: tested("full-blood-count", lastQuarter),
    liver_function: tested("liver-function-test", lastQuarter),
    renal_function: tested("renal-function-test", lastFifteenMonths),

    // 1. An oral NSAID without gastroprotection at 65 or over.
    older_at_risk: patients.satisfying("age >= 65 AND NOT gastroprotection"),
    older_nsaid: patients.satisfying("older_at_risk AND nsaid"),

    // 2. An oral NSAID without gastroprotection after a peptic ulcer or a bleed, at any adult age.
    ulcer_at_risk: patients.satisfying("peptic_ulcer AND NOT gastroprotection"),
    ulcer_nsaid: patients.satisfying("ulcer_at_risk AND nsaid"),

    // 3. A beta-blocker with asthma.
    asthma_at_risk: patients.satisfying("asthma"),
    asthma_beta_blocker: patients.satisfying("asthma AND beta_blocker"),

    // 4. Methotrexate in both quarters, without a blood count and a liver function test in the last one.
    methotrexate_at_risk: patients.satisfying("methotrexate AND methotrexate_before"),
    methotrexate_untested: patients.satisfying(
      "methotrexate_at_risk AND NOT (blood_count AND liver_function)",
    ),

    // 5. An ACE inhibitor or loop diuretic at 75 or over, without a renal function test in 15 months.
    renal_at_risk: patients.satisfying("age >= 75 AND renal_medicine"),
    renal_untested: patients.satisfying("renal_at_risk AND NOT renal_function"),
  },
});

export default cohort;

const indicators = [
  { numerator: "older_nsaid", denominator: "older_at_risk" },
  { numerator: "ulcer_nsaid", denominator: "ulcer_at_risk" },
  { numerator: "asthma_beta_blocker", denominator: "asthma_at_risk" },
  { numerator: "methotrexate_untested", denominator: "methotrexate_at_risk" },
  { numerator: "renal_untested", denominator: "renal_at_risk" },
] as const;

/** A count of 7 or less is hidden, and what is shown is a multiple of 5. */
const disclosureControl = {
  smallNumberSuppression: { threshold: 7 },
  rounding: { to: 5 },
} as const;

export const measures = indicators.flatMap(({ numerator, denominator }) =>
  (["population", "region", "practice"] as const).map((group) =>
    measure(cohort, {
      id: group === "population" ? numerator : `${numerator}_by_${group}`,
      numerator,
      denominator,
      groupBy: group,
      ...disclosureControl,
    }),
  ),
);
