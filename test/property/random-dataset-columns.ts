/** Random columns of deaths, intensive care, COVID-19 and renal datasets, and of files. */
import fc from "fast-check";
import { icd10Codes, interventions, someOf, statuses } from "./random-vocabulary.ts";
import { find, fixedDraft, format, optional, returning, windowedDraft } from "./random-draft.ts";
import type { Args, Draft } from "./random-draft.ts";
import { randomWindow } from "./random-window.ts";

const deathFacts = returning(
  "binary_flag",
  "date_of_death",
  "underlying_cause_of_death",
  "place_of_death",
);

/** Codes match whatever their letter case. */
export const icd10List = fc.tuple(someOf(icd10Codes, 2), fc.boolean()).map(([codes, small]) => ({
  system: "icd10",
  codes: small ? codes.map((code) => code.toLowerCase()) : codes,
}));

const deaths = fc.oneof(
  windowedDraft("died_from_any_cause", deathFacts, format),
  windowedDraft(
    "with_these_codes_on_death_certificate",
    icd10List.map((codelist) => ({ codelist })),
    optional({ match_only_underlying_cause: fc.boolean() }),
    deathFacts,
    format,
  ),
  windowedDraft("with_death_recorded_in_cpns", returning("binary_flag", "date_of_death"), format),
);

const intensiveCare = windowedDraft(
  "admitted_to_icu",
  returning(
    "binary_flag",
    "date_admitted",
    "had_respiratory_support",
    "had_basic_respiratory_support",
    "had_advanced_respiratory_support",
  ),
  find,
  format,
);

const tested = fc.constant({ pathogen: "SARS-CoV-2" });
const result = fc
  .constantFrom("any", "positive", "negative")
  .map((each) => ({ test_result: each }));
const allTests = fc.constant({ restrict_to_earliest_specimen_date: false });

const covidTests = fc.oneof(
  windowedDraft(
    "with_test_result_in_sgss",
    tested,
    result,
    returning("binary_flag", "date", "s_gene_target_failure"),
    find,
    format,
  ),
  windowedDraft(
    "with_test_result_in_sgss",
    tested,
    fc.constant({ test_result: "positive", returning: "case_category" }),
    find,
  ),
  windowedDraft(
    "with_test_result_in_sgss",
    tested,
    result,
    allTests,
    returning(
      "date",
      "s_gene_target_failure",
      "variant",
      "variant_detection_method",
      "symptomatic",
      "number_of_matches_in_period",
    ),
    find,
    format,
  ),
);

const treated = fc.oneof(fc.constant<Args>({}), treatedSo());

function treatedSo(): fc.Arbitrary<Args> {
  return optional({
    with_these_statuses: fc.oneof(
      fc.constantFrom(...statuses),
      someOf(statuses, 2).map((list) => list.map((status) => ` ${status.toLowerCase()} `)),
    ),
    with_these_therapeutics: fc.oneof(
      fc.constantFrom("mab", "MOLNU", "[50%]", "r"),
      someOf(interventions, 2).map((codes) => ({ system: "any", codes })),
    ),
    with_these_indications: someOf(["hospital_onset", "hospitalised_with", "non_hospitalised"], 2),
  });
}

const therapeutics = fc.oneof(
  windowedDraft(
    "with_covid_therapeutics",
    treated,
    returning("binary_flag", "date", "therapeutic", "risk_group", "region"),
    find,
    format,
    optional({ include_date_of_match: fc.boolean() }),
  ),
  windowedDraft("with_covid_therapeutics", treated, returning("number_of_matches_in_period"), find),
  windowedDraft(
    "with_covid_therapeutics",
    treated,
    returning("number_of_episodes"),
    optional({
      episode_defined_as: fc.constantFrom("series of events each <= 14 days apart"),
    }),
  ),
);

const isaric = fc
  .tuple(
    randomWindow,
    fc.constantFrom("assess_or_admit_date", "calc_age", "temp_vsorres", "fever"),
    fc.constantFrom(null, "assess_or_admit_date", "cestdat"),
  )
  .map(([window, value, dated]): Draft => (before) => {
    const { from, to } = window(before);
    const period = dated === null ? {} : { between: [from, to], date_filter_column: dated };
    return { function: "with_an_isaric_record", args: { returning: value, ...period } };
  });

const renal = windowedDraft(
  "with_record_in_ukrr",
  fc
    .constantFrom("2019_prevalence", "2020_prevalence", "2020_ckd")
    .map((from_dataset) => ({ from_dataset })),
  returning(
    "binary_flag",
    "renal_centre",
    "rrt_start_date",
    "treatment_modality_start",
    "treatment_modality_prevalence",
    "latest_creatinine",
    "latest_egfr",
  ),
  format,
);

/** Columns of the random file, each with its type. */
const fileCells: readonly Args[] = [
  { returning: "flag", returning_type: "bool" },
  { returning: "visits", returning_type: "int" },
  { returning: "score", returning_type: "float" },
  { returning: "grp", returning_type: "str" },
  { returning: "seen_on", returning_type: "date" },
  { returning: "seen_on", returning_type: "date", date_format: "YYYY-MM" },
];

const inFile = { f_path: "people.csv" };

export const existsInFile = fixedDraft("which_exist_in_file", fc.constant(inFile));

export const fileColumns = fc.oneof(
  { weight: 1, arbitrary: existsInFile },
  {
    weight: 4,
    arbitrary: fixedDraft(
      "with_value_from_file",
      fc.constant(inFile),
      fc.constantFrom(...fileCells),
    ),
  },
);

export const datasetColumns: readonly (readonly [weight: number, fc.Arbitrary<Draft>])[] = [
  [5, deaths],
  [3, intensiveCare],
  [6, covidTests],
  [5, therapeutics],
  [1, fixedDraft("with_healthcare_worker_flag_on_covid_vaccine_record")],
  [2, isaric],
  [5, renal],
  [3, fileColumns],
];
