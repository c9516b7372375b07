/** Random columns of coded events, medications, measurements, consultations and vaccinations. */
import fc from "fast-check";
import {
  ctv3Codes,
  diseases,
  dmdCodes,
  oddTexts,
  products,
  snomedCodes,
  someOf,
} from "./random-vocabulary.ts";
import {
  find,
  fixedDraft,
  flagged,
  format,
  optional,
  returning,
  windowedDraft,
} from "./random-draft.ts";
import type { Args, Draft } from "./random-draft.ts";

const categories = fc.constantFrom("A", "B", ...oddTexts.slice(0, 5));

function codes(system: string, known: readonly string[]): fc.Arbitrary<unknown> {
  return someOf(known, 3).map((list) => ({ system, codes: list }));
}

function grouped(system: string, known: readonly string[]): fc.Arbitrary<unknown> {
  return someOf(known, 3)
    .chain((list) => fc.tuple(...list.map((code) => fc.tuple(fc.constant(code), categories))))
    .map((pairs) => ({ system, codes: pairs }));
}

const plainCoded = fc.oneof(codes("ctv3", ctv3Codes), codes("snomed", snomedCodes));
const groupedCoded = fc.oneof(grouped("ctv3", ctv3Codes), grouped("snomed", snomedCodes));
const anyCoded = fc.oneof(
  { weight: 3, arbitrary: plainCoded },
  { weight: 1, arbitrary: groupedCoded },
);

const episode = optional({
  episode_defined_as: fc
    .constantFrom(0, 1, 14, 30)
    .map((days) => `series of events each <= ${days} days apart`),
});

const dateOfMatch = optional({ include_date_of_match: fc.boolean() });
const ignoredDays = fc.option(codes("ctv3", ctv3Codes), { freq: 3 });

const eventOptions = fc
  .tuple(optional({ ignore_missing_values: flagged }), ignoredDays)
  .map(([options, list]): Args =>
    list === null ? options : { ...options, ignore_days_where_these_codes_occur: list },
  );

const medicationOptions = ignoredDays.map((list): Args =>
  list === null ? {} : { ignore_days_where_these_clinical_codes_occur: list },
);

const legacy = fc.constantFrom<Args>(
  { return_first_date_in_period: true },
  { return_last_date_in_period: true, include_day: true },
  { return_number_of_matches_in_period: true },
  { return_binary_flag: true },
  { return_first_date_in_period: true, include_month: true },
);

function list(codelist: fc.Arbitrary<unknown>): fc.Arbitrary<Args> {
  return codelist.map((each) => ({ codelist: each }));
}

const events = fc.oneof(
  {
    weight: 4,
    arbitrary: windowedDraft(
      "with_these_clinical_events",
      list(anyCoded),
      returning("binary_flag", "number_of_matches_in_period", "code", "numeric_value"),
      find,
      format,
      dateOfMatch,
      eventOptions,
    ),
  },
  {
    weight: 3,
    arbitrary: windowedDraft(
      "with_these_clinical_events",
      list(anyCoded),
      returning("date"),
      find,
      format,
      eventOptions,
    ),
  },
  {
    weight: 1,
    arbitrary: windowedDraft(
      "with_these_clinical_events",
      list(groupedCoded),
      returning("category"),
      find,
      format,
      dateOfMatch,
      eventOptions,
    ),
  },
  {
    weight: 1,
    arbitrary: windowedDraft(
      "with_these_clinical_events",
      list(anyCoded),
      returning("number_of_episodes"),
      episode,
      eventOptions,
    ),
  },
  {
    weight: 1,
    arbitrary: windowedDraft("with_these_clinical_events", list(anyCoded), legacy, eventOptions),
  },
);

const medications = fc.oneof(
  {
    weight: 3,
    arbitrary: windowedDraft(
      "with_these_medications",
      list(codes("snomed", dmdCodes)),
      returning("binary_flag", "date", "number_of_matches_in_period", "code"),
      find,
      format,
      medicationOptions,
    ),
  },
  {
    weight: 1,
    arbitrary: windowedDraft(
      "with_these_medications",
      list(grouped("snomed", dmdCodes)),
      returning("category"),
      find,
      dateOfMatch,
      medicationOptions,
    ),
  },
  {
    weight: 1,
    arbitrary: windowedDraft(
      "with_these_medications",
      list(codes("snomed", dmdCodes)),
      returning("number_of_episodes"),
      episode,
      medicationOptions,
    ),
  },
);

const bmi = windowedDraft(
  "most_recent_bmi",
  optional({
    minimum_age_at_measurement: fc.constantFrom(0, 16, 18, "16"),
    include_measurement_date: flagged,
  }),
  format,
);

const summaries = fc
  .constantFrom("mean_recorded_value", "min_recorded_value", "max_recorded_value")
  .chain((name) =>
    fc.oneof(
      windowedDraft(
        name,
        list(plainCoded),
        fc.boolean().map((dated) => ({
          on_most_recent_day_of_measurement: true,
          include_measurement_date: dated,
        })),
        format,
      ),
      windowedDraft(name, list(plainCoded)),
    ),
  );

const decisionSupport = windowedDraft(
  "with_these_decision_support_values",
  fc.constant({ algorithm: "electronic_frailty_index" }),
  fc.oneof(
    returning("binary_flag", "number_of_matches_in_period", "date"),
    fc.boolean().map((dated) => ({ returning: "numeric_value", include_date_of_match: dated })),
  ),
  fc.constantFrom<Args>(
    {},
    { find_first_match_in_period: true },
    { find_last_match_in_period: true },
  ),
  optional({ ignore_missing_values: flagged }),
  format,
);

const consultations = windowedDraft(
  "with_gp_consultations",
  returning("binary_flag", "date", "number_of_matches_in_period"),
  find,
  format,
);

const oneOrMore = (texts: readonly string[]) =>
  fc.oneof(
    fc.constantFrom(...texts),
    fc.constantFrom(...texts).map((text) => `${text.toLowerCase()} `),
    someOf(texts, 2),
    someOf(texts, 2).map((list) => ({ system: "any", codes: list })),
  );

const disease = oneOrMore(diseases);
const product = oneOrMore(products);
const jabs: fc.Arbitrary<Args> = fc.oneof(
  { weight: 2, arbitrary: disease.map((each) => ({ target_disease_matches: each })) },
  { weight: 2, arbitrary: product.map((each) => ({ product_name_matches: each })) },
  {
    weight: 1,
    arbitrary: fc.record({ target_disease_matches: disease, product_name_matches: product }),
  },
);

const vaccinations = fc.oneof(
  windowedDraft(
    "with_tpp_vaccination_record",
    jabs,
    returning("binary_flag", "date"),
    find,
    format,
  ),
  windowedDraft(
    "with_vaccination_record",
    jabs.map((tpp) => ({ tpp, emis: {} })),
    returning("binary_flag", "date"),
    find,
    format,
  ),
);

export const eventColumns: readonly (readonly [weight: number, fc.Arbitrary<Draft>])[] = [
  [8, events],
  [4, medications],
  [2, bmi],
  [2, summaries],
  [3, decisionSupport],
  [2, consultations],
  [3, vaccinations],
];

/** Flags, counts and dates of events: what columns hold that are nested in others. */
export const simpleEvents: fc.Arbitrary<Draft> = fc.oneof(
  windowedDraft(
    "with_these_clinical_events",
    list(plainCoded),
    returning("binary_flag", "number_of_matches_in_period", "numeric_value", "code"),
  ),
  fixedDraft("sex"),
);

export const eventCounts: fc.Arbitrary<Draft> = windowedDraft(
  "with_these_clinical_events",
  list(plainCoded),
  returning("number_of_matches_in_period"),
);
