/**
 * One row of a group, chosen by an order: as one value where a database has such values, otherwise rows are numbered
 * in a step before, and each field of the first is a column of the group.
 */
import type { Dialect, OrderedBy, RankedPicks } from "./dialects/dialect.ts";
import { joinSql, sql, word } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";

/** How the answer for more rows follows from two answers. */
export type Grow = "max" | "min" | "sum" | "bits" | "earlier" | "later";

export interface GroupColumn {
  readonly name: string;
  readonly of: Sql;
  readonly grow: Grow;
  /** The pick whose row it tells of, where it is one of several columns of that row. */
  readonly pick?: string;
}

/** A row of a group, chosen by a column of groups. */
export interface Pick {
  /** Begins the names of its columns. */
  readonly id: string;
  /** All that were taken of it, in order. */
  readonly fields: readonly string[];
}

export interface Choosing {
  readonly id: string;
  readonly fields: Readonly<Record<string, Sql>>;
  /** Which of the fields hold truth values. */
  readonly flags: ReadonlySet<string>;
  readonly order: readonly OrderedBy[];
  readonly when: Sql | null;
  /** What rows are grouped by. */
  readonly keys: readonly Sql[];
  readonly grow: "earlier" | "later";
}

export interface ChosenRow {
  readonly columns: readonly GroupColumn[];
  /** A column that the rows have before they are grouped; none where a row is one value. */
  readonly rank: Sql | null;
}

export function chooseRow(choosing: Choosing, { picks, ordered }: Dialect): ChosenRow {
  const { id, fields, order, when, grow } = choosing;
  if (picks.kind === "rows") {
    return { columns: [{ name: id, of: picks.pick(fields, order, when), grow }], rank: null };
  }
  return {
    columns: rankedColumns(choosing, picks),
    rank: sql`${rankOf(choosing, ordered)} AS ${word(rankName(id))}`,
  };
}

/** Rows that may be chosen come before all others. */
function rankOf({ order, when, keys }: Choosing, ordered: Dialect["ordered"]): Sql {
  const first = when === null ? [] : [sql`CASE WHEN ${when} THEN 0 ELSE 1 END`];
  const by = [...first, ...order.map(({ of, descending }) => ordered(of, descending))];
  return rowNumber(keys, by);
}

/** Number 1 is the first by the order; of rows that nobody orders it is any. */
export function rowNumber(keys: readonly Sql[], by: readonly Sql[]): Sql {
  const order = by.length === 0 ? keys.slice(0, 1) : by;
  return sql`row_number() OVER (PARTITION BY ${joinSql(keys, ", ")} ORDER BY ${joinSql(order, ", ")})`;
}

function rankedColumns(
  { id, fields, flags, when, grow }: Choosing,
  { only }: RankedPicks,
): readonly GroupColumn[] {
  const isFirst = sql`r.${word(rankName(id))} = 1`;
  const test = when === null ? isFirst : sql`${isFirst} AND ${when}`;
  const columns = Object.entries(fields).map(([name, of]) => ({
    name: fieldName(id, name),
    of: only(sql`CASE WHEN ${test} THEN ${of} END`, flags.has(name)),
    grow,
    pick: id,
  }));
  const there = sql`max(CASE WHEN ${test} THEN 1 END)`;
  return [{ name: thereName(id), of: there, grow: "max" }, ...columns];
}

function rankName(id: string): string {
  return `n_${id}`;
}

function thereName(id: string): string {
  return `${id}__there`;
}

function fieldName(id: string, field: string): string {
  return `${id}__${field}`;
}

/** A field of the row that a group `g` chose; missing where it has none. */
export function chosenField(pick: Pick, field: string, { picks }: Dialect): Sql {
  return picks.kind === "rows"
    ? picks.member(sql`g.${word(pick.id)}`, field, pick.fields)
    : sql`g.${word(fieldName(pick.id, field))}`;
}

/** Whether a group `g` has such a row. */
export function isChosen({ id }: Pick, { picks }: Dialect): Sql {
  return picks.kind === "rows" ? sql`g.${word(id)} IS NOT NULL` : sql`g.${word(thereName(id))} = 1`;
}

/** In which of the groups up to this one, in the order of a window, the row that stays or comes last was chosen. */
export function chosenAt(pick: string, running: Sql, isLargest: boolean): Sql {
  const at = sql`CASE WHEN b.${word(thereName(pick))} = 1 THEN b.k END`;
  const call = isLargest ? sql`max(${at})` : sql`min(${at})`;
  return sql`${call} OVER ${running} AS ${word(atName(pick))}`;
}

/** What the group where it was chosen says; `direction` is the order of the groups. */
export function carriedField(name: string, pick: string, direction: Sql): Sql {
  const window = sql`PARTITION BY b.patient_id, b.${word(atName(pick))} ORDER BY b.k ${direction}`;
  return sql`first_value(b.${word(name)}) OVER (${window} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)`;
}

function atName(pick: string): string {
  return `${pick}__at`;
}
