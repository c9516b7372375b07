/** Windows of every kind: when the records must have happened. */
import fc from "fast-check";
import { writtenDay } from "./random-vocabulary.ts";

/** What a column can refer to: columns that stand before it. */
export interface Before {
  readonly name: string;
  readonly type: string;
  readonly dateFormat: string | null;
  readonly function: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** A text that may name a column, once the columns before are known. */
export type Refers<Text> = (before: readonly Before[]) => Text;

export interface Window {
  readonly from: string | null;
  readonly to: string | null;
}

/** One of the columns that suit, or null where none does. */
export function chosen(before: readonly Before[], number: number): Before | null {
  return before[number % Math.max(before.length, 1)] ?? null;
}

const offsets = fc.constantFrom(
  "",
  " + 1 day",
  " - 30 days",
  " + 2 months",
  " - 1 month",
  " - 1 year",
);
const functions = fc.constantFrom(
  "first_day_of_month",
  "last_day_of_month",
  "first_day_of_year",
  "last_day_of_year",
  "first_day_of_nhs_financial_year",
  "last_day_of_nhs_financial_year",
  "first_day_of_school_year",
  "last_day_of_school_year",
);

const onIndexDate = fc.oneof(
  fc.constant("index_date"),
  offsets.map((offset) => `index_date${offset}`),
  fc.tuple(functions, offsets).map(([apply, offset]) => `${apply}(index_date)${offset}`),
);

/** A column's date, or the index date where no column before has one that is kept to the month. */
const onColumn: fc.Arbitrary<Refers<string>> = fc
  .tuple(fc.nat(99), fc.option(functions), offsets)
  .map(([number, apply, offset]) => (before) => {
    const dated = before.filter(({ type, dateFormat }) => type === "date" && dateFormat !== "YYYY");
    const name = chosen(dated, number)?.name ?? "index_date";
    return `${apply === null ? name : `${apply}(${name})`}${offset}`;
  });

const plain =
  <Value>(value: Value): Refers<Value> =>
  () =>
    value;

/** Any date expression: `date` of a practice, `reference_date` of an age. */
export const randomDate: fc.Arbitrary<Refers<string>> = fc.oneof(
  { weight: 2, arbitrary: writtenDay.map(plain) },
  { weight: 4, arbitrary: onIndexDate.map(plain) },
  { weight: 1, arbitrary: fc.constant(plain("today")) },
  { weight: 2, arbitrary: onColumn },
);

const sameYear = fc.constantFrom("year", "nhs_financial_year", "school_year", "month");

const fixed: fc.Arbitrary<Window> = fc.oneof(
  fc
    .tuple(writtenDay, writtenDay)
    .map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a })),
  writtenDay.map((to) => ({ from: null, to })),
  writtenDay.map((from) => ({ from, to: null })),
  // Reversed bounds are no mistake; nothing matches.
  fc.constant({ from: "2020-03-01", to: "2020-02-29" }),
);

const disjoint: fc.Arbitrary<Window> = fc.constantFrom(
  { from: "index_date", to: "last_day_of_month(index_date)" },
  { from: "first_day_of_month(index_date)", to: "last_day_of_month(index_date)" },
  { from: "index_date", to: "index_date + 6 days" },
  { from: "index_date", to: "index_date" },
);

const open: fc.Arbitrary<Window> = fc.oneof(
  onIndexDate.map((to) => ({ from: null, to })),
  onIndexDate.map((from) => ({ from, to: null })),
);

const sliding: fc.Arbitrary<Window> = fc.constantFrom(
  { from: "index_date - 3 months", to: "index_date" },
  { from: "index_date - 1 year", to: "index_date - 1 day" },
  { from: "first_day_of_month(index_date) - 2 months", to: "last_day_of_month(index_date)" },
  { from: "index_date - 45 days", to: "index_date + 45 days" },
  { from: "2020-01-15", to: "index_date" },
  { from: "index_date", to: "2020-04-15" },
);

const ofYear: fc.Arbitrary<Window> = sameYear.map((kind) => ({
  from: `first_day_of_${kind}(index_date)`,
  to: `last_day_of_${kind}(index_date)`,
}));

const byColumn: fc.Arbitrary<Refers<Window>> = fc
  .tuple(onColumn, fc.oneof(onColumn, onIndexDate.map(plain)), fc.nat(3))
  .map(([a, b, shape]) => (before) => {
    const [from, to] = [a(before), b(before)];
    if (shape === 0) return { from, to: null };
    if (shape === 1) return { from: null, to: from };
    return shape === 2 ? { from, to } : { from: to, to: from };
  });

export const randomWindow: fc.Arbitrary<Refers<Window>> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(plain({ from: null, to: null })) },
  { weight: 2, arbitrary: fixed.map(plain) },
  { weight: 2, arbitrary: disjoint.map(plain) },
  { weight: 4, arbitrary: open.map(plain) },
  { weight: 4, arbitrary: sliding.map(plain) },
  { weight: 1, arbitrary: ofYear.map(plain) },
  { weight: 2, arbitrary: byColumn },
);
