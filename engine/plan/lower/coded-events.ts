/** Coded events and medications: rows with a code and a date. */
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { codedEvents } from "../../definition/functions/coded-events.ts";
import type { Codelist } from "../../definition/model.ts";
import type { PatientTable } from "../../schema/contract.ts";
import type { Rows } from "../model/rows.ts";
import { compare, field, integer } from "../model/value.ts";
import type { Value } from "../model/value.ts";
import { aggregateOf, byDate, endDay, episodes, inCodelist, matching } from "./dated-rows.ts";
import type { DatedRows } from "./dated-rows.ts";
import { eventCodelist, numericCodelist } from "./event-codelists.ts";
import { periodWindow } from "./lower-date.ts";
import type { Lowered, LowerFamily, Lowering } from "./lowering.ts";

type CodedColumn = CheckedColumn<keyof typeof codedEvents>;

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

/** The date by which days and episodes are told: a day that only stands for none is none. */
function knownDate({ date }: CodedTable, to: Lowering): string {
  return to.meaning.undated === "dated" ? "known_at" : date;
}

/** What settles which of two rows of one time comes first. */
function tie({ id }: CodedTable, value: Value, to: Lowering): Value {
  return to.meaning.ties === "ids" ? field(id) : value;
}

function codelistName(column: CodedColumn, { isFolded }: CodedTable, to: Lowering): string {
  const { codelist } = column.args;
  if (to.meaning.eventCodes === "numbers") return numericCodelist(column, codelist, to);
  return isFolded ? to.productCodelist(codelist) : to.codelist(codelist, false);
}

function codedRows(column: CodedColumn, coded: CodedTable, to: Lowering): Rows {
  const listed = inCodelist(field("code"), codelistName(column, coded, to));
  const skipsMissing =
    column.function === "with_these_clinical_events" && column.args.ignore_missing_values === true;
  const tests = skipsMissing ? [compare(field("numeric_value"), "!=", integer(0))] : [];
  return withoutDays(matching(coded.table, listed, ...tests), column, coded, to);
}

function withoutDays(rows: Rows, column: CodedColumn, coded: CodedTable, to: Lowering): Rows {
  const ignored = column.args.ignore_days_where_these_codes_occur;
  if (ignored === undefined) return rows;
  const events = eventTable(ignored);
  const list = eventCodelist(column, ignored, to);
  const days = {
    from: matching(events.table, inCodelist(field("code"), list)),
    date: knownDate(events, to),
  };
  return { kind: "without-days", from: rows, date: knownDate(coded, to), days };
}

function lowerCoded(column: CodedColumn, coded: CodedTable, to: Lowering): Lowered {
  const asked: DatedRows = {
    rows: codedRows(column, coded, to),
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
      return pickCoded(column, coded, { asked, value: field("code") }, to);
    case "category": {
      const codelist = codelistName(column, coded, to);
      const value: Value = { kind: "category", of: field("code"), codelist };
      return pickCoded(column, coded, { asked, value }, to);
    }
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
    order: byDate(column, coded.date, tie(coded, value, to)),
  });
  return { value: picked(), aspects: { date: picked("date") } };
}

const RANGE = { lower_bound: "lower_bound", upper_bound: "upper_bound", comparator: "comparator" };

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

export const lowerCodedEvents: LowerFamily<typeof codedEvents> = {
  with_these_clinical_events: (column, to) =>
    lowerCoded(column, eventTable(column.args.codelist), to),
  with_these_medications: (column, to) => lowerCoded(column, medications, to),
};
