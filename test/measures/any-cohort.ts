/** Random cohorts with every type of column, cut into batches anywhere. */
import fc from "fast-check";

import { NO_DATE } from "../../engine/table/cohort-schema.ts";
import type { CohortBatch, CohortSchema, ColumnValues } from "../../engine/table/cohort-schema.ts";

export const LONG_NAME = "a column whose name is longer than thirty-two characters";

export const anySchema: CohortSchema = [
  { name: "patient_id", type: "int" },
  { name: "ill", type: "bool" },
  { name: "visits", type: "int" },
  { name: "dose", type: "float" },
  { name: "score", type: "float" },
  { name: "place", type: "str" },
  { name: "digits", type: "str" },
  { name: "day", type: "date", dateFormat: "YYYY-MM-DD" },
  { name: "month", type: "date", dateFormat: "YYYY-MM" },
  { name: "born", type: "date", dateFormat: "YYYY" },
  { name: LONG_NAME, type: "str" },
];

const text = fc.oneof(
  fc.constantFrom("", "M", "F", "007", "NA", " ", "trail ", '"', "a,b", "line\nbreak", "a\0b"),
  fc.constantFrom("1", "1.0", "nan", "None", "é", "x".repeat(2046)),
  fc.string({ unit: "grapheme", maxLength: 30 }),
);

/** 0001-01-01 and 9999-12-31. */
const day = fc.oneof(
  fc.integer({ min: -719_162, max: 2_932_896 }),
  fc.integer({ min: 17_000, max: 17_003 }),
);
const perhapsDay = fc.option(day, { nil: NO_DATE });

const row = fc.record({
  ill: fc.nat(1),
  visits: fc.oneof(fc.integer({ min: -3, max: 90 }), fc.maxSafeInteger()),
  // The largest would add up to infinity, which no format can help.
  dose: fc.double({ noNaN: true, min: -1e300, max: 1e300 }),
  // What Stata can hold; beyond it and infinity are a problem of their own.
  score: fc.oneof(
    fc.double({ noDefaultInfinity: true, min: -1.7e308, max: 8e307 }),
    fc.constantFrom(0, -0, NaN, 23.5),
  ),
  place: text,
  digits: fc.integer({ min: -99, max: 999 }).map(String),
  day: perhapsDay,
  month: perhapsDay,
  born: day,
  note: text,
});

type Row = (typeof row extends fc.Arbitrary<infer R> ? R : never) & { readonly id: number };

/** Batches of a cohort, some of them empty. */
export const anyCohort: fc.Arbitrary<readonly CohortBatch[]> = fc
  .array(fc.array(row, { maxLength: 12 }), { maxLength: 4 })
  .map((parts) => {
    let id = 0;
    return parts.map((rows) => batchOf(rows.map((each) => ({ ...each, id: (id += 3) }))));
  });

function batchOf(rows: readonly Row[]): CohortBatch {
  const numbers = (pick: (each: Row) => number) => Float64Array.from(rows, pick);
  const days = (pick: (each: Row) => number): ColumnValues => ({
    type: "date",
    values: Int32Array.from(rows, pick),
  });
  const words = (pick: (each: Row) => string): ColumnValues => ({
    type: "str",
    codes: Uint32Array.from(rows.keys()),
    values: rows.map(pick),
  });
  return {
    rows: rows.length,
    columns: [
      { type: "int", values: numbers(({ id }) => id) },
      { type: "bool", values: Uint8Array.from(rows, ({ ill }) => ill) },
      { type: "int", values: numbers(({ visits }) => visits) },
      { type: "float", values: numbers(({ dose }) => dose) },
      { type: "float", values: numbers(({ score }) => score) },
      words(({ place }) => place),
      words(({ digits }) => digits),
      days((each) => each.day),
      days((each) => each.month),
      days((each) => each.born),
      words(({ note }) => note),
    ],
  };
}
