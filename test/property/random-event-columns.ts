/** Random columns of coded events, medications, measurements, consultations and vaccinations of TPP. */
import fc from "fast-check";
import { codedColumns, codes, grouped, listed } from "./random-coded-columns.ts";
import {
  ctv3Codes,
  diseases,
  dmdCodes,
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

const plainCoded = fc.oneof(codes("ctv3", ctv3Codes), codes("snomed", snomedCodes));
const groupedCoded = fc.oneof(grouped("ctv3", ctv3Codes), grouped("snomed", snomedCodes));

const { events, medications, bmi, summaries, consultations } = codedColumns({
  plain: plainCoded,
  grouped: groupedCoded,
  ignored: codes("ctv3", ctv3Codes),
  medicines: codes("snomed", dmdCodes),
  groupedMedicines: grouped("snomed", dmdCodes),
});

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
    listed(plainCoded),
    returning("binary_flag", "number_of_matches_in_period", "numeric_value", "code"),
  ),
  fixedDraft("sex"),
);

export const eventCounts: fc.Arbitrary<Draft> = windowedDraft(
  "with_these_clinical_events",
  listed(plainCoded),
  returning("number_of_matches_in_period"),
);
