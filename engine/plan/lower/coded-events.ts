/** Coded events and medications: rows with a code and a date. */
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { codedEvents } from "../../definition/functions/coded-events.ts";
import type { Rows } from "../model/rows.ts";
import { compare, field, integer, isPresent } from "../model/value.ts";
import type { Value } from "../model/value.ts";
import { eventTable, knownDate, medicationTable, ties } from "./coded-table.ts";
import type { CodedTable } from "./coded-table.ts";
import { aggregateOf, byDate, endDay, episodes, matching } from "./dated-rows.ts";
import type { DatedRows } from "./dated-rows.ts";
import { listedCodes } from "./event-codelists.ts";
import type { ListedCodes } from "./listed-codes.ts";
import { periodWindow } from "./lower-date.ts";
import type { Lowered, LowerFamily, Lowering } from "./lowering.ts";

type CodedColumn = CheckedColumn<keyof typeof codedEvents>;

function codedRows(
  column: CodedColumn,
  { test }: ListedCodes,
  coded: CodedTable,
  to: Lowering,
): Rows {
  const skipsMissing =
    column.function === "with_these_clinical_events" && column.args.ignore_missing_values === true;
  const tests = skipsMissing ? [compare(field("numeric_value"), "!=", integer(0))] : [];
  return withoutDays(matching(coded.table, test, ...tests), column, coded, to);
}

function withoutDays(rows: Rows, column: CodedColumn, coded: CodedTable, to: Lowering): Rows {
  const ignored = column.args.ignore_days_where_these_codes_occur;
  if (ignored === undefined) return rows;
  const events = eventTable(ignored, to);
  const days = {
    from: matching(events.table, listedCodes(column, ignored, events, to).test),
    date: knownDate(events, to),
  };
  return { kind: "without-days", from: rows, date: knownDate(coded, to), days };
}

function lowerCoded(column: CodedColumn, coded: CodedTable, to: Lowering): Lowered {
  const listed = listedCodes(column, column.args.codelist, coded, to);
  const asked: DatedRows = {
    rows: codedRows(column, listed, coded, to),
    window: periodWindow(column, coded.date, to),
    date: coded.date,
  };
  const { rows, window } = asked;
  const dated = (value: Value): Lowered =>
    to.wants(column, "date") ? { value, aspects: { date: endDay(column, asked, to) } } : { value };
  switch (column.args.returning) {
    case "date":
      return dated(endDay(column, asked, to));
    case "number_of_matches_in_period":
      return dated(aggregateOf(asked, { kind: "rows" }, to));
    case "number_of_episodes": {
      const date = knownDate(coded, to);
      const known = { rows, window: periodWindow(column, date, to), date };
      return { value: episodes(column.args.episode_defined_as, known, to) };
    }
    case "code":
      return pickCoded(column, coded, { asked, value: listed.code }, to);
    case "category":
      return pickCoded(column, coded, { asked, value: listed.category }, to);
    case "numeric_value":
      return pickMeasurement(column, coded, asked, to);
    default:
      return dated(to.summary(rows, window, { kind: "exists" })());
  }
}

function pickCoded(
  column: CodedColumn,
  coded: CodedTable,
  { asked, value }: { readonly asked: DatedRows; readonly value: Value },
  to: Lowering,
): Lowered {
  const date: Record<string, Value> = to.wants(column, "date")
    ? { date: { kind: "day-of", of: field(coded.date) } }
    : {};
  const picked = to.summary(asked.rows, asked.window, {
    kind: "pick",
    take: { value, ...date },
    order: byDate(column, coded.date, ...ties(coded, value, to)),
  });
  return { value: picked(), aspects: { date: picked("date") } };
}

/** The number, and where asked for the comparator and the reference range beside it. */
function pickMeasurement(
  column: CodedColumn,
  coded: CodedTable,
  asked: DatedRows,
  to: Lowering,
): Lowered {
  const value: Value = { kind: "decimal", of: field("numeric_value") };
  const aspects = ["lower_bound", "upper_bound", "comparator"] as const;
  if (!aspects.some((aspect) => to.wants(column, aspect))) {
    return pickCoded(column, coded, { asked, value }, to);
  }
  const { rows, comparator, lower_bound, upper_bound } =
    to.meaning.eventCodes === "concepts" ? besideValue(asked.rows) : lookedUp(asked.rows);
  const date: Value = { kind: "day-of", of: field(coded.date) };
  const picked = to.summary(rows, asked.window, {
    kind: "pick",
    take: { value, date, lower_bound, upper_bound, comparator },
    order: byDate(column, coded.date, ...coded.ids.map(field)),
  });
  const bounds = { lower_bound: picked("lower_bound"), upper_bound: picked("upper_bound") };
  const sign = picked("comparator");
  const shown = to.meaning.eventCodes === "concepts" ? sign : comparatorSign(sign);
  return { value: picked(), aspects: { date: picked("date"), ...bounds, comparator: shown } };
}

interface Ranged {
  readonly rows: Rows;
  readonly comparator: Value;
  readonly lower_bound: Value;
  readonly upper_bound: Value;
}

const RANGE = { lower_bound: "lower_bound", upper_bound: "upper_bound", comparator: "comparator" };

function decimal(name: string): Value {
  return { kind: "decimal", of: field(name) };
}

/** In a table of their own. */
function lookedUp(from: Rows): Ranged {
  const rows: Rows = {
    kind: "looked-up",
    from,
    table: "event_ranges",
    on: ["event_id", "event_id"],
    where: null,
    take: RANGE,
    order: Object.values(RANGE),
    found: "has_range",
  };
  const bounds = { lower_bound: decimal("lower_bound"), upper_bound: decimal("upper_bound") };
  return { rows, ...bounds, comparator: field("comparator") };
}

/** In the row itself. Of a range with one bound the other is -1. */
function besideValue(rows: Rows): Ranged {
  const bound = (name: string, other: string): Value => ({
    kind: "choose",
    cases: [
      { when: isPresent(field(name)), then: decimal(name) },
      { when: isPresent(field(other)), then: { kind: "float", value: -1 } },
    ],
    otherwise: null,
  });
  const lower_bound = bound("lower_bound", "upper_bound");
  const upper_bound = bound("upper_bound", "lower_bound");
  return { rows, lower_bound, upper_bound, comparator: field("comparator") };
}

const COMPARATORS = [
  [3, "~"],
  [4, "="],
  [5, ">="],
  [6, ">"],
  [7, "<"],
  [8, "<="],
] as const;

function comparatorSign(code: Value): Value {
  const cases = COMPARATORS.map(([number, sign]) => ({
    when: compare(code, "=", integer(number)),
    then: { kind: "text", value: sign } as const,
  }));
  return { kind: "choose", cases, otherwise: null };
}

export const lowerCodedEvents: LowerFamily<typeof codedEvents> = {
  with_these_clinical_events: (column, to) =>
    lowerCoded(column, eventTable(column.args.codelist, to), to),
  with_these_medications: (column, to) =>
    lowerCoded(column, medicationTable(column.args.codelist, to), to),
};
