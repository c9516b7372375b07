/**
 * Cohorts that are worked out and kept at the server until their files are written. They outlive the connection, so
 * that a run whose connection breaks can be gone on with.
 */
import type { IsoDate } from "../../base/dates.ts";
import type { Problem } from "../../base/problems.ts";
import type { Query } from "../../sql/query.ts";
import type { Sql } from "../../text/sql.ts";

export interface Results {
  /** When the first was begun: the same text for every run that goes on with them. */
  readonly begun: string;
  /** Those that are there as a whole, by name. */
  readonly finished: ReadonlySet<string>;
  /** Whose results they are, where they are not of this run. */
  readonly warnings: readonly Problem[];
  readonly table: (name: string) => Sql;
  /** Statements that make such a table, and add to it. */
  readonly keep: (name: string, query: Query) => Sql;
  readonly append: (name: string, query: Query) => Sql;
  /** To be called when a table is there as a whole. */
  readonly finish: (name: string) => Promise<void>;
  /** Forgets all of them. */
  readonly forget: () => Promise<void>;
}

/** A word of letters and digits. */
export function resultName(indexDate: IsoDate | null): string {
  return indexDate === null ? "undated" : indexDate.replaceAll("-", "");
}
