/** Mean, least and greatest recorded value, the body mass index, scores of decision support. */
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { recordedValues } from "../../definition/functions/recorded-values.ts";
import type { Aggregate, Rows, Window } from "../model/rows.ts";
import { all, compare, field, integer, isPresent, not } from "../model/value.ts";
import type { Test, Value } from "../model/value.ts";
import { eventTable } from "./coded-table.ts";
import { listedCodes } from "./event-codelists.ts";
import { aggregateOf, byDate, inCodelist, lowerDatedRows, matching } from "./dated-rows.ts";
import { periodWindow, windowUpTo } from "./lower-date.ts";
import type { Lowered, LowerFamily, Lowering } from "./lowering.ts";

type Summary = CheckedColumn<"mean_recorded_value" | "min_recorded_value" | "max_recorded_value">;

const decimal = (name: string): Value => ({ kind: "decimal", of: field(name) });
const measured = decimal("numeric_value");

/** Aggregates by name, and the value made of what each of them found. */
interface Statistic {
  readonly aggregates: Readonly<Record<string, Aggregate>>;
  readonly value: (found: (name: string) => Value) => Value;
}

const mean: Statistic = {
  aggregates: {
    sum: { kind: "decimal-sum", of: measured },
    count: { kind: "present", of: measured },
  },
  value: (found) => quotient(found("sum"), found("count")),
};

function extreme(kind: "least" | "greatest"): Statistic {
  return { aggregates: { value: { kind, of: measured } }, value: (found) => found("value") };
}

/** Missing where there is nothing to divide by. */
function quotient(left: Value, right: Value): Value {
  const then: Value = { kind: "arithmetic", operator: "/", integer: false, left, right };
  const when = all(isPresent(left), compare(right, ">", integer(0)));
  return { kind: "choose", cases: [{ when, then }], otherwise: null };
}

function lowerRecordedValue(statistic: Statistic): (column: Summary, to: Lowering) => Lowered {
  return (column, to) => {
    const { codelist } = column.args;
    const coded = eventTable(codelist, to);
    const { test: listed } = listedCodes(column, codelist, coded, to);
    const rows = matching(coded.table, listed);
    const { aggregates } = statistic;
    if (column.args.on_most_recent_day_of_measurement === true) {
      // A row without a date is of no day, also where the patient has no other.
      const dated = matching(coded.table, all(listed, isPresent(field(coded.date))));
      const days: Rows = { kind: "per-day", from: dated, date: coded.date, aggregates };
      return latestDay(statistic, days, column, to);
    }
    const window = periodWindow(column, coded.date, to);
    const found = Object.entries(aggregates).map(
      ([name, aggregate]) => [name, aggregateOf({ rows, window }, aggregate, to)] as const,
    );
    const values = new Map(found);
    return { value: statistic.value((name) => values.get(name) ?? integer(0)) };
  };
}

function latestDay(statistic: Statistic, days: Rows, column: Summary, to: Lowering): Lowered {
  const names = Object.keys(statistic.aggregates);
  const picked = to.summary(days, periodWindow(column, "day", to), {
    kind: "pick",
    take: { ...Object.fromEntries(names.map((name) => [name, field(name)])), date: field("day") },
    order: [{ of: field("day"), descending: true }],
  });
  return { value: statistic.value(picked), aspects: { date: picked("date") } };
}

interface Measurement {
  readonly value: Value;
  readonly date: Value;
  /** There is one, and it was taken late enough in life. */
  readonly counts: Test;
}

/** Rows of a measurement, its value in kilograms or metres, and what settles ties. */
interface MeasuredRows {
  readonly rows: Rows;
  readonly value: Value;
  readonly ties: readonly Value[];
}

type BodyMeasure = "index" | "weight" | "height";

function measuredRows(of: BodyMeasure, to: Lowering): MeasuredRows {
  const { bodyMass, ties } = to.meaning;
  const codes = bodyMass[of];
  if (bodyMass.table !== "concept_events") {
    const listed = inCodelist(field("code"), to.codes(codes, false));
    const tie = ties === "ids" ? field("event_id") : measured;
    return { rows: matching(bodyMass.table, listed), value: measured, ties: [tie] };
  }
  const listed = inCodelist(field("standard_concept"), to.numbers(codes.map((code) => [code, ""])));
  const name = { index: "numeric_value", weight: "kilograms", height: "metres" }[of];
  // A value whose unit is not known is none.
  const rows = matching(bodyMass.table, listed, isPresent(field(name)));
  return { rows, value: decimal(name), ties: [field("event_kind"), field("event_id")] };
}

/** The latest measurement; the tie goes to the lowest id, or value. */
function latestMeasurement(
  of: BodyMeasure,
  window: Window,
  minimumAge: number,
  to: Lowering,
): Measurement {
  const { bodyMass } = to.meaning;
  const { rows, value, ties } = measuredRows(of, to);
  const picked = to.summary(rows, window, {
    kind: "pick",
    take: { value, date: { kind: "day-of", of: field("recorded_at") } },
    order: [
      { of: field("recorded_at"), descending: true },
      ...ties.map((tie) => ({ of: tie, descending: false })),
    ],
  });
  const years: Value = {
    kind: "arithmetic",
    operator: "-",
    integer: true,
    left: { kind: "year", of: picked("date") },
    right: { kind: "year", of: { kind: "patient", name: "born_on" } },
  };
  const oldEnough = compare(years, ">=", integer(minimumAge));
  const counts = bodyMass.valuesMayBeMissing ? all(oldEnough, isPresent(picked())) : oldEnough;
  return { value: picked(), date: picked("date"), counts };
}

/** The height may be of before the period; no height of 0. */
function lowerBmi(column: CheckedColumn<"most_recent_bmi">, to: Lowering): Lowered {
  const age = Math.trunc(Number(column.args.minimum_age_at_measurement));
  const window = periodWindow(column, "recorded_at", to);
  const codes = to.meaning.bodyMass;
  const weight = latestMeasurement("weight", window, age, to);
  const bmi = latestMeasurement("index", window, age, to);
  const height = latestMeasurement("height", windowUpTo(window), age, to);
  const both = all(weight.counts, height.counts);
  const hasHeight = compare(height.value, "!=", integer(0));
  const computed = quotientOfSquare(weight.value, height.value);
  const value: Value = {
    kind: "choose",
    cases: [
      { when: all(both, hasHeight), then: computed },
      {
        when: codes.zeroHeight === "index" ? bmi.counts : all(bmi.counts, not(both)),
        then: bmi.value,
      },
    ],
    otherwise: null,
  };
  // A height of 0 leaves the date with the weight although the value is that of the index.
  const date: Value = {
    kind: "choose",
    cases: [
      { when: both, then: weight.date },
      { when: bmi.counts, then: bmi.date },
    ],
    otherwise: null,
  };
  return { value: { kind: "rounded", of: value, digits: 1 }, aspects: { date } };
}

function quotientOfSquare(weight: Value, height: Value): Value {
  const square: Value = {
    kind: "arithmetic",
    operator: "*",
    integer: false,
    left: height,
    right: height,
  };
  return { kind: "arithmetic", operator: "/", integer: false, left: weight, right: square };
}

const FRAILTY = 1;

function lowerDecisionSupport(
  column: CheckedColumn<"with_these_decision_support_values">,
  to: Lowering,
): Lowered {
  const value = field("numeric_value");
  const skipsMissing = column.args.ignore_missing_values === true;
  const rows = matching(
    "decision_support_values",
    compare(field("algorithm"), "=", integer(FRAILTY)),
    ...(skipsMissing ? [compare(value, "!=", integer(0))] : []),
  );
  const date = "calculated_at";
  if (column.args.returning !== "numeric_value") return lowerDatedRows(column, rows, date, to);
  const picked = to.summary(rows, periodWindow(column, date, to), {
    kind: "pick",
    take: { value: { kind: "decimal", of: value }, date: { kind: "day-of", of: field(date) } },
    order: byDate(column, date, value),
  });
  return { value: picked(), aspects: { date: picked("date") } };
}

export const lowerRecordedValues: LowerFamily<typeof recordedValues> = {
  mean_recorded_value: lowerRecordedValue(mean),
  min_recorded_value: lowerRecordedValue(extreme("least")),
  max_recorded_value: lowerRecordedValue(extreme("greatest")),
  most_recent_bmi: lowerBmi,
  with_these_decision_support_values: lowerDecisionSupport,
};
