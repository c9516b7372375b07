/** Hiding small numbers: the first of two steps to what can be written; `roundCounts` is the second. */
import type { MeasureSpec } from "./measure-spec.ts";
import { denominatorIndex } from "./measure-table.ts";
import type { MeasureTable } from "./measure-table.ts";

declare const suppressed: unique symbol;

/** A table for which somebody has said how small numbers are treated. Only `suppress` makes one. */
export type SuppressedTable = MeasureTable & { readonly [suppressed]: true };

/** `none` must be said: there is no default. */
export type SuppressionPolicy =
  | { readonly kind: "none" }
  /** Hides 1 … `threshold`, and more where these alone could be worked out from a total. */
  | { readonly kind: "small-numbers"; readonly threshold: number };

/** spec/measures.md 4. */
export const SMALL_NUMBER_THRESHOLD = 5;

/** What the author said with `small_number_suppression`. */
export function policyOf({ small_number_suppression: said }: MeasureSpec): SuppressionPolicy {
  if (said === false) return { kind: "none" };
  const threshold = said === true ? SMALL_NUMBER_THRESHOLD : said.threshold;
  return { kind: "small-numbers", threshold };
}

export interface Suppressed {
  readonly table: SuppressedTable;
  /** One for each column and kind of suppression, without any number. */
  readonly messages: readonly string[];
}

/**
 * Blanks small numbers in the numerator, then in the denominator, each by itself (spec/measures.md 4).
 * If they are one column the second pass sees what the first has left. The table given is not changed.
 */
export function suppress(table: MeasureTable, policy: SuppressionPolicy): Suppressed {
  if (policy.kind === "none") return suppressedTable(table, []);
  const columns = [...table.columns];
  const messages: string[] = [];
  for (const index of [0, denominatorIndex(table)]) {
    const column = columns[index];
    if (column === undefined) continue;
    const { values, hidden } = hideSmall(column.values, policy.threshold);
    columns[index] = { ...column, values };
    const where = `in column ${column.name} in measure ${table.measure.id}`;
    if (hidden !== "nothing") messages.push(`Suppressed small numbers ${where}`);
    if (hidden === "small-and-next") messages.push(`Additional suppression ${where}`);
  }
  return suppressedTable({ ...table, columns }, messages);
}

function suppressedTable(table: MeasureTable, messages: readonly string[]): Suppressed {
  return { table: table as SuppressedTable, messages };
}

export interface HiddenCells {
  /** NaN where hidden; the array given if nothing is. */
  readonly values: Float64Array;
  readonly hidden: "nothing" | "small" | "small-and-next";
}

/**
 * Blanks cells above 0 up to the threshold; if what is hidden adds up to no more than the threshold,
 * the smallest larger cell too, with all its equals. Zeros and negative numbers always stay.
 */
export function hideSmall(cells: Float64Array, threshold: number): HiddenCells {
  let total = 0;
  let found = false;
  let next = Infinity;
  for (const cell of cells) {
    if (cell > threshold) next = Math.min(next, cell);
    else if (cell > 0) {
      found = true;
      total += cell;
    }
  }
  if (!found) return { values: cells, hidden: "nothing" };
  const enough = total > threshold;
  const extra = !enough && cells.includes(next);
  const highest = extra ? next : threshold;
  const values = cells.map((cell) => (cell > 0 && cell <= highest ? NaN : cell));
  return { values, hidden: extra ? "small-and-next" : "small" };
}
