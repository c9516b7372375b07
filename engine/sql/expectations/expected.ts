/** What is expected of a member of a dialect, in the same words for every database. */
import type { Sql } from "../../text/sql.ts";
import type { Dialect } from "../dialects/dialect.ts";

/** A number as a number, a day as `2020-02-29`, a truth value as `true`; null where it is missing. */
export type Expected = string | number | null;

/** SQL of one value, and the value. */
export type Line = readonly [of: Sql, value: Expected];

export interface Expectation {
  readonly lines: readonly Line[];
  /** Statements that run before. */
  readonly before?: readonly Sql[];
  /** Statements that run after, whatever came out. */
  readonly after?: readonly Sql[];
  /** Queries that must stop with an error that holds the text. */
  readonly stops?: readonly (readonly [query: Sql, text: string])[];
}

/** Of each member of a dialect: one without a row does not compile. */
export type Expectations = {
  readonly [M in keyof Dialect]: (dialect: Dialect) => Expectation;
};

export function lines(...given: readonly Line[]): Expectation {
  return { lines: given };
}
