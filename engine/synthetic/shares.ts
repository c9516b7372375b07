/**
 * Patients of a block by shares: one thread makes the rows of a share in one go. DuckDB writes at once what fills a
 * row group, and copies what does not to join it with the next share's: so a share is as large as its rows
 * are few, and as small as they are many, so that all threads have work to the end.
 */
import { sql, word } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";

/** Sizes of shares, in patients. Row groups of a database in memory have them. */
export const shareSizes = [2048, 8192, 65_536] as const;

type ShareSize = (typeof shareSizes)[number];

export const LARGEST_SHARE = 65_536 satisfies ShareSize;

/** So many rows fill a row group of DuckDB. */
const ROW_GROUP = 122_880;

/** The database in memory whose tables are read in shares of this size; `work` for the largest. */
export function sharesOf(size: ShareSize): Sql {
  return size === LARGEST_SHARE ? sql`work` : word(`work_${size}`);
}

/** `work.people`, in shares that suit a table of so many rows for each patient. */
export function peopleFor(rowsOfOne: number): Sql {
  const size = shareSizes.find((patients) => patients * rowsOfOne >= ROW_GROUP) ?? LARGEST_SHARE;
  return sql`${sharesOf(size)}.people`;
}

/** `work.people` once more for each smaller share. */
export function copiesOfPeople(): readonly Sql[] {
  return shareSizes
    .filter((size) => size !== LARGEST_SHARE)
    .map((size) => sql`CREATE OR REPLACE TABLE ${sharesOf(size)}.people AS FROM work.people`);
}
