/** Random columns of coded events, medications and measurements, whichever codelists ask for them. */
import fc from "fast-check";
import { find, flagged, format, optional, returning, windowedDraft } from "./random-draft.ts";
import type { Args, Draft } from "./random-draft.ts";
import { oddTexts, someOf } from "./random-vocabulary.ts";

const categories = fc.constantFrom("A", "B", ...oddTexts.slice(0, 5));

export function codes(system: string, known: readonly string[]): fc.Arbitrary<unknown> {
  return someOf(known, Math.min(3, known.length)).map((list) => ({ system, codes: list }));
}

export function grouped(system: string, known: readonly string[]): fc.Arbitrary<unknown> {
  return someOf(known, Math.min(3, known.length))
    .chain((list) => fc.tuple(...list.map((code) => fc.tuple(fc.constant(code), categories))))
    .map((pairs) => ({ system, codes: pairs }));
}

/** Codelists as JSON has them. */
export interface Lists {
  readonly plain: fc.Arbitrary<unknown>;
  /** With categories. */
  readonly grouped: fc.Arbitrary<unknown>;
  readonly ignored: fc.Arbitrary<unknown>;
  readonly medicines: fc.Arbitrary<unknown>;
  readonly groupedMedicines: fc.Arbitrary<unknown>;
}

export function codedColumns(lists: Lists) {
  return {
    events: eventsOf(lists),
    medications: medicationsOf(lists),
    summaries: summariesOf(lists),
    bmi,
    consultations,
  };
}

const episode = optional({
  episode_defined_as: fc
    .constantFrom(0, 1, 14, 30)
    .map((days) => `series of events each <= ${days} days apart`),
});

const dateOfMatch = optional({ include_date_of_match: fc.boolean() });
const legacy = fc.constantFrom<Args>(
  { return_first_date_in_period: true },
  { return_last_date_in_period: true, include_day: true },
  { return_number_of_matches_in_period: true },
  { return_binary_flag: true },
  { return_first_date_in_period: true, include_month: true },
);

export function listed(codelist: fc.Arbitrary<unknown>): fc.Arbitrary<Args> {
  return codelist.map((each) => ({ codelist: each }));
}

function eventsOf(lists: Lists): fc.Arbitrary<Draft> {
  const any = fc.oneof(
    { weight: 3, arbitrary: lists.plain },
    { weight: 1, arbitrary: lists.grouped },
  );
  const eventOptions = fc
    .tuple(optional({ ignore_missing_values: flagged }), fc.option(lists.ignored, { freq: 3 }))
    .map(([options, list]): Args =>
      list === null ? options : { ...options, ignore_days_where_these_codes_occur: list },
    );
  return fc.oneof(
    {
      weight: 4,
      arbitrary: windowedDraft(
        "with_these_clinical_events",
        listed(any),
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
        listed(any),
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
        listed(lists.grouped),
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
        listed(any),
        returning("number_of_episodes"),
        episode,
        eventOptions,
      ),
    },
    {
      weight: 1,
      arbitrary: windowedDraft("with_these_clinical_events", listed(any), legacy, eventOptions),
    },
  );
}

function medicationsOf(lists: Lists): fc.Arbitrary<Draft> {
  const medicationOptions = fc
    .option(lists.ignored, { freq: 3 })
    .map((list): Args =>
      list === null ? {} : { ignore_days_where_these_clinical_codes_occur: list },
    );
  return fc.oneof(
    {
      weight: 3,
      arbitrary: windowedDraft(
        "with_these_medications",
        listed(lists.medicines),
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
        listed(lists.groupedMedicines),
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
        listed(lists.medicines),
        returning("number_of_episodes"),
        episode,
        medicationOptions,
      ),
    },
  );
}

const bmi = windowedDraft(
  "most_recent_bmi",
  optional({
    minimum_age_at_measurement: fc.constantFrom(0, 16, 18, "16"),
    include_measurement_date: flagged,
  }),
  format,
);

function summariesOf(lists: Lists): fc.Arbitrary<Draft> {
  return fc
    .constantFrom("mean_recorded_value", "min_recorded_value", "max_recorded_value")
    .chain((name) =>
      fc.oneof(
        windowedDraft(
          name,
          listed(lists.plain),
          fc.boolean().map((dated) => ({
            on_most_recent_day_of_measurement: true,
            include_measurement_date: dated,
          })),
          format,
        ),
        windowedDraft(name, listed(lists.plain)),
      ),
    );
}

const consultations = windowedDraft(
  "with_gp_consultations",
  returning("binary_flag", "date", "number_of_matches_in_period"),
  find,
  format,
);
