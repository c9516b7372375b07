/**
 * What a kind of database calls the operations of the query model. Each function takes SQL and gives SQL.
 * A dialect is a plain object checked with `satisfies Dialect`; none inherits another, and there are no
 * defaults: what a dialect lacks does not compile. README.md holds the table of differences.
 */
import type { IsoDate, DateFormat } from "../../base/dates.ts";
import type { ValueType } from "../../base/value-types.ts";
import type { ValueFile } from "../../plan/model/rows.ts";
import type { DateShift } from "../../definition/dates/date-expression.ts";
import type { PhysicalKind } from "../../schema/physical-table.ts";
import type { ReadText, Source } from "../../schema/provision.ts";
import type { OnDays } from "./on-days.ts";
import type { Sql } from "../../text/sql.ts";
import type { CodelistTables, CodesTable } from "../codelist-tables.ts";
import type { Query } from "../query.ts";

/** A row is chosen by these, in order; missing before all others ascending, after them descending. */
export interface OrderedBy {
  readonly of: Sql;
  readonly descending: boolean;
  /** A day or a time of day; a whole number that is never missing; anything else. */
  readonly holds: "date" | "id" | "other";
}

/** Days in a row, both ends included, that share some whole numbers. */
export interface DateRange {
  readonly first: IsoDate;
  readonly last: IsoDate;
  readonly values: readonly number[];
}

/** A codelist as a relation with `code` and `category`. */
export interface Codes {
  readonly table: Sql;
  /** How many characters codes have, each number once. */
  readonly lengths: readonly number[];
  /** Whether codes are whole numbers. */
  readonly areNumbers: boolean;
  /** Whether each code consists of letters and digits only. */
  readonly areWords: boolean;
}

/** How whole numbers from `from` up to before `until` are told in a row of a relation; all are below `below`. */
export interface NumberRange {
  readonly from: Sql;
  readonly until: Sql;
  readonly below: number;
}

/** An aggregate of a value. */
export type AggregateCall = (of: Sql) => Sql;

export interface Bits {
  /** Which bits are set in any row of a group; over what came before in a window as well. */
  readonly any: (of: Sql) => Sql;
  /** 1 where the bit, a power of two, is set, otherwise missing. */
  readonly has: (of: Sql, bit: number) => Sql;
}

/** How the chosen row of a group is held. */
export type Picks = RowPicks | RankedPicks;

/** As one value. */
export interface RowPicks {
  readonly kind: "rows";
  readonly pick: (
    fields: Readonly<Record<string, Sql>>,
    order: readonly OrderedBy[],
    when: Sql | null,
  ) => Sql;
  /** A part of such a value; `fields` are all that it was picked with, in order. */
  readonly member: (picked: Sql, field: string, fields: readonly string[]) => Sql;
  /** The first or last one that is not missing up to the current row of the window. */
  readonly carried: (value: Sql, window: Sql, end: "first" | "last") => Sql;
}

/** As a column for each field: rows are numbered first, which every database can. */
export interface RankedPicks {
  readonly kind: "ranked";
  /** An aggregate: the one value of a group that is not missing; `isFlag` where it is a truth value. */
  readonly only: (of: Sql, isFlag: boolean) => Sql;
}

export interface NamedQueries {
  /** Names a query in which a parameter stands for a whole number, for the statements after it. */
  readonly name: (name: string, parameter: string, query: Sql) => Sql;
  readonly query: (name: string, value: number) => Sql;
}

/** A small table, to be joined as `w`. */
export interface RangeOfDay {
  readonly query: Sql;
  readonly on: Sql;
}

export interface Dialect {
  readonly name: string;

  /** Whether a text may have the character NUL; where not, `text` with one stops the statement with an error. */
  readonly holdsNul: boolean;
  /** Any text as a name, whatever characters are in it. */
  readonly quoteName: (name: string) => Sql;
  /** A table of records, wherever it stands. */
  readonly recordTable: (name: string) => Sql;
  /** A column of such a table, by the table's alias in a query. */
  readonly recordColumn: (alias: string, name: string, kind: PhysicalKind) => Sql;
  /** A table that is kept for the statements after it, wherever it stands, by our name for it. */
  readonly keptTable: (name: string) => Sql;
  /** How the codelists of a study stand among those. */
  readonly codelists: CodelistTables;
  /** Any text as a value, whatever characters are in it. */
  readonly text: (value: string) => Sql;
  readonly day: (day: IsoDate) => Sql;
  /** Of days by number, from 0, the one of a number. */
  readonly dayOfNumber: (days: readonly IsoDate[], number: Sql) => Sql;
  readonly integer: (value: number) => Sql;
  readonly float: (value: number) => Sql;
  readonly missing: (kind: PhysicalKind) => Sql;

  /** Without letter case and trailing spaces. */
  readonly fold: (text: Sql) => Sql;
  readonly length: (text: Sql) => Sql;
  readonly leading: (text: Sql, characters: number) => Sql;
  readonly contains: (text: Sql, part: Sql) => Sql;
  /** Whether a text begins with a code. */
  readonly beginsWithCode: (text: Sql, codes: Codes) => Sql;
  /** Whether a code stands after a character that is neither letter nor digit; both are folded. */
  readonly codeAfterBreak: (text: Sql, codes: Codes) => Sql;
  /** The category of a code, the least of several; missing where the code has none. */
  readonly categoryOf: (code: Sql, codes: Codes) => Sql;

  readonly dayOf: (dateAndTime: Sql) => Sql;
  /** Rows are passed over by these tests, so they should cost a row little, and tell a planner how many are left. */
  readonly onDays: OnDays;
  /** Clips to the last day of the month; missing outside the years 1 to 9999. */
  readonly shiftDate: (date: Sql, by: DateShift) => Sql;
  readonly year: (date: Sql) => Sql;
  /** 29 February counts as 28 February in common years. */
  readonly completedYears: (from: Sql, to: Sql) => Sql;
  /** How many of the days, which ascend, come before a date, or on it as well where it is `included`. */
  readonly daysBefore: (days: readonly IsoDate[], date: Sql, included: boolean) => Sql;
  /** Midnights between two days. */
  readonly daysBetween: (from: Sql, to: Sql) => Sql;
  readonly shownDate: (date: Sql, format: DateFormat) => Sql;

  /** A 32-bit number as the decimal that it prints as, in 64 bits. */
  readonly decimal: (real: Sql) => Sql;
  /** Half away from zero. */
  readonly rounded: (value: Sql, digits: number) => Sql;
  /** Of whole numbers; drops the remainder. */
  readonly integerQuotient: (left: Sql, right: Sql) => Sql;
  readonly floatQuotient: (left: Sql, right: Sql) => Sql;
  /** The value, unless a number is zero: then the run stops with an error that holds the message. */
  readonly orStop: (value: Sql, unless: Sql, message: string) => Sql;
  /** 0 up to 100, from the patient and a text, always the same. */
  readonly lot: (patient: Sql, salt: string) => Sql;
  /** Of values that are not missing. */
  readonly extreme: (take: "least" | "greatest", of: readonly Sql[]) => Sql;

  /** Both exist as functions over groups and, with `over`, over what came before in a window. */
  readonly decimalSum: (of: Sql) => Sql;
  readonly asNumber: (decimalSum: Sql) => Sql;
  /** To the nearest, in 64 bits. */
  readonly whole: (of: Sql) => Sql;
  /**
   * An aggregate: adds numbers one after the other in the order of whole numbers, with compensation (Kahan); null
   * where a database has none that goes by an order.
   */
  readonly sumInOrder: ((of: Sql, order: Sql) => Sql) | null;
  /** An aggregate over the rows of a group that pass a test; null = all rows. Without `of` it is of rows, as `count`. */
  readonly aggregate: (call: AggregateCall, of: Sql | null, when: Sql | null) => Sql;
  /** Of a group of GROUPING SETS: a bit for each key that is not in its way of grouping, the first key's the highest. */
  readonly groupingOf: (keys: readonly Sql[]) => Sql;
  /** Of many questions whether there is a row, a bit for each; null where a column for each takes less. */
  readonly bits: Bits | null;
  readonly picks: Picks;
  /** Each row of a relation for every whole number of the range, as `k`. */
  readonly repeated: (relation: Sql, range: NumberRange) => Sql;
  /** Whether a truth value is there and true. */
  readonly isTrue: (of: Sql) => Sql;
  /** As in ORDER BY: missing before all others ascending, after them descending. */
  readonly ordered: (of: Sql, descending: boolean) => Sql;
  /** The values of the range that a day is in, by name, for a join. */
  readonly rangeOfDay: (
    ranges: readonly DateRange[],
    names: readonly string[],
    day: Sql,
  ) => RangeOfDay;
  /** A small table written out. */
  readonly rowsOf: (rows: readonly (readonly Sql[])[], columns: readonly string[]) => Sql;

  /** A finished value of a column as it leaves the database; a date as days since 1970-01-01. */
  readonly sent: (type: ValueType, of: Sql) => Sql;
  /** The same for a person to read: a date as a date. */
  readonly shown: (type: ValueType, of: Sql) => Sql;
  /** A whole number from 0 that leaves the database in 32 bits. */
  readonly sentNumber: (of: Sql) => Sql;
  readonly source: (of: Source, column: (alias: string, name: string) => Sql) => Sql;
  /** Whether the text that is read as a day or a number is there, and is none. */
  readonly unreadable: (of: ReadText, column: (alias: string, name: string) => Sql) => Sql;
  /** A time as a text that comes before another as the time does: `YYYY-MM-DD HH:MM:SS…`. */
  readonly timeText: (dateAndTime: Sql) => Sql;

  /** A named query that is part of the one behind it, and not worked out by itself first. */
  readonly named: (name: string, query: Sql) => Sql;

  /** Keeps the rows of a query for the statements after it. */
  readonly keep: (name: string, query: Query) => Sql;
  /** Adds the rows of a query to such a table. */
  readonly append: (name: string, query: Query) => Sql;
  readonly discard: (name: string) => Sql;

  /** How a script says a query once for several whole numbers; null where it cannot. */
  readonly namedQueries: NamedQueries | null;
  /** Such a table without rows, that its rows fit in. */
  readonly keepCodes: (table: CodesTable) => Sql;
  /** A file of values as the table that `ValueFile` tells: `patient_id`, and `value` without missing ones but dates. */
  readonly keepFile: (file: ValueFile) => Sql;
}
