/** Coded events and medications: rows with a code and a date. */
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { Codelist } from "../../definition/model.ts";
import type { PatientTable } from "../../schema/contract.ts";
import type { Order, Rows, Window } from "../model/rows.ts";
import { all, compare, field, integer } from "../model/value.ts";
import type { Test, Value } from "../model/value.ts";
import { periodWindow } from "./lower-date.ts";
import type { LowerColumn, Lowered, Lowering } from "./lowering.ts";

/** What sets one kind of coded rows apart from another. */
export interface CodedTable {
  readonly table: PatientTable;
  readonly date: string;
  readonly id: string;
  readonly isFolded: boolean;
}

const medications: CodedTable = {
  table: "medications",
  date: "issued_at",
  id: "issue_id",
  isFolded: true,
};

export function eventTable(codelist: Codelist): CodedTable {
  const table = codelist.system === "ctv3" ? "ctv3_events" : "snomed_events";
  return { table, date: "recorded_at", id: "event_id", isFolded: false };
}

export function inCodelist(code: Value, codelist: string): Test {
  return { kind: "in-codelist", of: code, codelist, how: "equal" };
}

export function matching(table: PatientTable, ...tests: readonly Test[]): Rows {
  const rows: Rows = { kind: "table", table };
  const [only] = tests;
  if (only === undefined) return rows;
  return { kind: "matching", from: rows, where: tests.length === 1 ? only : all(...tests) };
}

/** Find-first where that is asked for, else the latest. */
export function findsFirst({ args }: CheckedColumn): boolean {
  return args["find_first_match_in_period"] === true;
}

/** By date from the end that is asked for, then ascending whichever end. */
export function byDate(column: CheckedColumn, date: string, ...ties: readonly Value[]): Order[] {
  const order = [{ of: field(date), descending: !findsFirst(column) }];
  return [...order, ...ties.map((of) => ({ of, descending: false }))];
}

/** The day of the earliest or latest row; undated rows do not count. */
export function endDay(
  column: CheckedColumn,
  asked: { readonly rows: Rows; readonly window: Window; readonly date: string },
  to: Lowering,
): Value {
  const kind = findsFirst(column) ? "least" : "greatest";
  const output = { kind: "aggregate", aggregate: { kind, of: field(asked.date) } } as const;
  return { kind: "day-of", of: to.summary(asked.rows, asked.window, output)() };
}

/** As many as rows that start one; the first row in the period always does. */
export function episodes(
  column: CheckedColumn,
  asked: { readonly rows: Rows; readonly window: Window; readonly date: string },
  to: Lowering,
): Value {
  const { rows, window, date } = asked;
  const defined = column.args["episode_defined_as"];
  const apart = typeof defined === "string" ? Number(/\d+/.exec(defined)?.[0] ?? 0) : 0;
  const marked: Rows = { kind: "episodes", from: rows, date, apart };
  const starts = to.summary(marked, window, {
    kind: "aggregate",
    aggregate: { kind: "sum", of: field("starts") },
  })();
  const first = to.summary(marked, window, {
    kind: "pick",
    take: { value: field("starts") },
    order: [
      { of: field(date), descending: false },
      { of: field("starts"), descending: true },
    ],
  })();
  const one = { kind: "arithmetic", operator: "-", integer: true, left: integer(1), right: first };
  return {
    kind: "arithmetic",
    operator: "+",
    integer: true,
    left: starts,
    right: one as Value,
  };
}

function codedRows(column: CheckedColumn, coded: CodedTable, to: Lowering): Rows {
  const { args } = column;
  const codelist = args["codelist"] as Codelist;
  const list = coded.isFolded
    ? to.productCodelist(codelist)
    : to.codelist(codelist.codes, coded.isFolded);
  const listed = inCodelist(field("code"), list);
  const value = field("numeric_value");
  const tests = args["ignore_missing_values"] === true ? [compare(value, "!=", integer(0))] : [];
  return withoutDays(matching(coded.table, listed, ...tests), column, coded, to);
}

function withoutDays(rows: Rows, column: CheckedColumn, coded: CodedTable, to: Lowering): Rows {
  const ignored = column.args["ignore_days_where_these_codes_occur"] as Codelist | undefined;
  if (ignored === undefined) return rows;
  const events = eventTable(ignored);
  const list = to.codelist(ignored.codes, events.isFolded);
  const days = {
    from: matching(events.table, inCodelist(field("code"), list)),
    date: events.date,
  };
  return { kind: "without-days", from: rows, date: coded.date, days };
}

interface Asked {
  readonly rows: Rows;
  readonly window: Window;
  readonly date: string;
}

function lowerCoded(column: CheckedColumn, coded: CodedTable, to: Lowering): Lowered {
  const asked: Asked = {
    rows: codedRows(column, coded, to),
    window: periodWindow(column, coded.date, to),
    date: coded.date,
  };
  const { rows, window } = asked;
  const dated = (value: Value): Lowered =>
    to.wants(column, "date") ? { value, aspects: { date: endDay(column, asked, to) } } : { value };
  switch (column.args["returning"]) {
    case "date":
      return dated(endDay(column, asked, to));
    case "number_of_matches_in_period": {
      const output = { kind: "aggregate", aggregate: { kind: "rows" } } as const;
      return dated(to.summary(rows, window, output)());
    }
    case "number_of_episodes":
      return { value: episodes(column, asked, to) };
    case "code":
      return pickCoded(column, coded, { asked, value: field("code") }, to);
    case "category": {
      const codelist = categoryCodelist(column, coded, to);
      const value: Value = { kind: "category", of: field("code"), codelist };
      return pickCoded(column, coded, { asked, value }, to);
    }
    case "numeric_value":
      return pickMeasurement(column, coded, asked, to);
    default:
      return dated(to.summary(rows, window, { kind: "exists" })());
  }
}

function categoryCodelist(column: CheckedColumn, coded: CodedTable, to: Lowering): string {
  const codelist = column.args["codelist"] as Codelist;
  return coded.isFolded ? to.productCodelist(codelist) : to.codelist(codelist.codes, false);
}

function pickCoded(
  column: CheckedColumn,
  coded: CodedTable,
  { asked, value }: { readonly asked: Asked; readonly value: Value },
  to: Lowering,
): Lowered {
  const date: Record<string, Value> = to.wants(column, "date")
    ? { date: { kind: "day-of", of: field(coded.date) } }
    : {};
  const picked = to.summary(asked.rows, asked.window, {
    kind: "pick",
    take: { value, ...date },
    order: byDate(column, coded.date, field(coded.id)),
  });
  return { value: picked(), aspects: { date: picked("date") } };
}

const RANGE = { lower_bound: "lower_bound", upper_bound: "upper_bound", comparator: "comparator" };

/** The number, and where asked for the comparator and the reference range beside it. */
function pickMeasurement(
  column: CheckedColumn,
  coded: CodedTable,
  asked: Asked,
  to: Lowering,
): Lowered {
  const value: Value = { kind: "decimal", of: field("numeric_value") };
  const aspects = ["lower_bound", "upper_bound", "comparator"] as const;
  if (!aspects.some((aspect) => to.wants(column, aspect))) {
    return pickCoded(column, coded, { asked, value }, to);
  }
  const rows: Rows = {
    kind: "looked-up",
    from: asked.rows,
    table: "event_ranges",
    on: [coded.id, "event_id"],
    where: null,
    take: RANGE,
    order: Object.values(RANGE),
    found: "has_range",
  };
  const picked = to.summary(rows, asked.window, {
    kind: "pick",
    take: {
      value,
      date: { kind: "day-of", of: field(coded.date) },
      lower_bound: { kind: "decimal", of: field("lower_bound") },
      upper_bound: { kind: "decimal", of: field("upper_bound") },
      comparator: field("comparator"),
    },
    order: byDate(column, coded.date, field(coded.id)),
  });
  const read = { date: picked("date"), lower_bound: picked("lower_bound") };
  const comparator = comparatorSign(picked("comparator"));
  return { value: picked(), aspects: { ...read, upper_bound: picked("upper_bound"), comparator } };
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

export const eventFunctions = {
  with_these_clinical_events: (column, to) =>
    lowerCoded(column, eventTable(column.args["codelist"] as Codelist), to),
  with_these_medications: (column, to) => lowerCoded(column, medications, to),
} as const satisfies Record<string, LowerColumn>;
