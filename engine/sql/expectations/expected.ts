/** What is expected of a member of a dialect, in the same words for every database. */
import type { Sql } from "../../text/sql.ts";

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

export function lines(...given: readonly Line[]): Expectation {
  return { lines: given };
}
