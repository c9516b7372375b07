import { findsFirst } from "./asked.ts";
import { found, nothing } from "./found.ts";
import type { Found } from "./found.ts";
import { extreme } from "./order.ts";
import { day } from "./row.ts";
import type { Row } from "./row.ts";

interface Matching {
  readonly column: {
    readonly args: { readonly returning: string; readonly find_first_match_in_period?: boolean };
  };
}

/**
 * Whether there are matches, how many, and their first or last day, which passes over missing ones.
 * null where something else is asked for, of one of them.
 */
export function matched(asked: Matching, rows: readonly Row[], dateColumn: string): Found | null {
  if (rows.length === 0) return nothing;
  const date = extreme(
    rows.map((row) => day(row, dateColumn)),
    findsFirst(asked),
  );
  switch (asked.column.args.returning) {
    case "binary_flag":
      return found(1, date);
    case "date":
    case "date_arrived":
      return found(date, date);
    case "number_of_matches_in_period":
      return found(rows.length, date);
    default:
      return null;
  }
}
