/** Rows of a table, and the questions that most tables with a date can be asked. */
import type { Texts } from "../../definition/checked-arguments.ts";
import type { Period } from "../../definition/checked-study.ts";
import type { PatientTable } from "../../schema/contract.ts";
import type { Aggregate, Order, Rows, Window } from "../model/rows.ts";
import { all, field, flag, integer, isPresent } from "../model/value.ts";
import type { Test, Value } from "../model/value.ts";
import { periodWindow } from "./lower-date.ts";
import type { Lowered, Lowering } from "./lowering.ts";

/** A column that takes the first or the last row of a period. */
export interface DatedColumn {
  readonly name: string;
  readonly period: Period | null;
  readonly args: { readonly find_first_match_in_period?: boolean };
}

/** Rows, those of them that count, and the field with their date. */
export interface DatedRows {
  readonly rows: Rows;
  readonly window: Window;
  readonly date: string;
}

export function matching(table: PatientTable, ...tests: readonly Test[]): Rows {
  const rows: Rows = { kind: "table", table };
  const [only] = tests;
  if (only === undefined) return rows;
  return { kind: "matching", from: rows, where: tests.length === 1 ? only : all(...tests) };
}

export function inCodelist(code: Value, codelist: string): Test {
  return { kind: "in-codelist", of: code, codelist, how: "equal" };
}

/** As a list of codes; null where it is not given. */
export function textsOf(given: Texts | null | undefined): readonly string[] | null {
  if (given === undefined || given === null) return null;
  if (typeof given === "string") return [given];
  const codes = "codes" in given ? given.codes : given;
  return codes.map((code) => (typeof code === "string" ? code : code[0]));
}

/** A field that equals one of the texts, folded; no test where none are given. */
export function isOneOf(name: string, texts: Texts | null | undefined, to: Lowering): Test[] {
  const list = listOf(texts, to);
  return list === null ? [] : [inCodelist(field(name), list)];
}

/** The name of texts, folded, be they a codelist of the author or not; null where none are given. */
export function listOf(given: Texts | null | undefined, to: Lowering): string | null {
  if (typeof given === "object" && given !== null && "codes" in given) {
    return to.codelist(given, true);
  }
  const texts = textsOf(given);
  return texts === null ? null : to.codes(texts, true);
}

/** Find-first where that is asked for, else the latest. */
export function findsFirst({ args }: DatedColumn): boolean {
  return args.find_first_match_in_period === true;
}

/** By date from the end that is asked for, then ascending whichever end. */
export function byDate(
  column: DatedColumn,
  date: string,
  ...ties: readonly Value[]
): readonly Order[] {
  const order = [{ of: field(date), descending: !findsFirst(column) }];
  return [...order, ...ties.map((of) => ({ of, descending: false }))];
}

export function aggregateOf(
  asked: { readonly rows: Rows; readonly window: Window },
  aggregate: Aggregate,
  to: Lowering,
): Value {
  return to.summary(asked.rows, asked.window, { kind: "aggregate", aggregate })();
}

/** The day of the earliest or latest row; undated rows do not count. */
export function endDay(column: DatedColumn, asked: DatedRows, to: Lowering): Value {
  const kind = findsFirst(column) ? "least" : "greatest";
  return { kind: "day-of", of: aggregateOf(asked, { kind, of: field(asked.date) }, to) };
}

/** Flag, day of the first or last, or number of rows: what most dated tables can be asked. */
export function lowerDatedRows(
  column: DatedColumn & { readonly args: { readonly returning: string } },
  rows: Rows,
  date: string,
  to: Lowering,
): Lowered {
  const window = periodWindow(column, date, to);
  const day = (): Value => endDay(column, { rows, window, date }, to);
  const aspects = to.wants(column, "date") ? { aspects: { date: day() } } : {};
  switch (column.args.returning) {
    case "binary_flag":
      return { value: to.summary(rows, window, { kind: "exists" })(), ...aspects };
    case "number_of_matches_in_period":
      return { value: aggregateOf({ rows, window }, { kind: "rows" }, to), ...aspects };
    default:
      return { value: day(), ...aspects };
  }
}

/** As many as rows that start one; the first row in the period always does. */
export function episodes(
  definedAs: string | undefined,
  { rows, window, date }: DatedRows,
  to: Lowering,
): Value {
  const apart = Number(/\d+/.exec(definedAs ?? "")?.[0] ?? 0);
  const marked: Rows = { kind: "episodes", from: rows, date, apart };
  const left = aggregateOf({ rows: marked, window }, { kind: "sum", of: field("starts") }, to);
  const first = to.summary(marked, window, {
    kind: "pick",
    take: { value: field("starts") },
    order: [
      { of: field(date), descending: false },
      { of: field("starts"), descending: true },
    ],
  })();
  const whole = { kind: "arithmetic", integer: true } as const;
  const one: Value = { ...whole, operator: "-", left: integer(1), right: first };
  return { ...whole, operator: "+", left, right: one };
}

/** Who has some such row; for tables without a date. */
export function existsIn(rows: Rows, to: Lowering): Value {
  return to.summary(rows, { kind: "always" }, { kind: "exists" })();
}

/** 1 where something was found. */
export function foundFlag(value: Value): Value {
  return flag(isPresent(value));
}

/** A field of the first or last row; of one day that of the lowest tie. */
export function pickField(
  column: DatedColumn,
  asked: {
    readonly rows: Rows;
    readonly date: string;
    readonly value: string;
    readonly tie: string;
  },
  to: Lowering,
): Value {
  const { rows, date, value, tie } = asked;
  const picked = to.summary(rows, periodWindow(column, date, to), {
    kind: "pick",
    take: { value: field(value) },
    order: byDate(column, date, field(tie)),
  });
  return picked();
}
