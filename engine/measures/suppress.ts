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

export const SMALL_NUMBER_THRESHOLD = 5;

/** What the author said with `small_number_suppression`. */
export function policyOf({
  small_number_suppression: said,
}: Pick<MeasureSpec, "small_number_suppression">): SuppressionPolicy {
  if (said === false) return { kind: "none" };
  const threshold = said === true ? SMALL_NUMBER_THRESHOLD : said.threshold;
  return { kind: "small-numbers", threshold };
}

/** What was hidden in a column of a measure's file: how many groups, no number of patients. */
export interface HiddenGroups {
  readonly measure: string;
  readonly column: string;
  /** Groups with a small number. */
  readonly groups: number;
  /** Further groups, from which the small numbers could be worked out. */
  readonly more: number;
}

export interface Suppressed {
  readonly table: SuppressedTable;
  /** One for each column in which something is hidden. */
  readonly hidden: readonly HiddenGroups[];
}

/**
 * Blanks small numbers in the numerator, then in the denominator, each by itself.
 * If they are one column the second pass sees what the first has left. The table given is not changed.
 */
export function suppress(table: MeasureTable, policy: SuppressionPolicy): Suppressed {
  if (policy.kind === "none") return suppressedTable(table, []);
  const columns = [...table.columns];
  const hidden: HiddenGroups[] = [];
  for (const index of [0, denominatorIndex(table)]) {
    const column = columns[index];
    if (column === undefined) continue;
    const { values, small, next } = hideSmall(column.values, policy.threshold);
    columns[index] = { ...column, values };
    if (small === 0) continue;
    hidden.push({ measure: table.measure.id, column: column.name, groups: small, more: next });
  }
  return suppressedTable({ ...table, columns }, hidden);
}

function suppressedTable(table: MeasureTable, hidden: readonly HiddenGroups[]): Suppressed {
  return { table: table as SuppressedTable, hidden };
}

export interface HiddenCells {
  /** NaN where hidden; the array given if nothing is. */
  readonly values: Float64Array;
  /** How many small cells are hidden. */
  readonly small: number;
  /** How many larger ones are, because the small ones could be worked out from them. */
  readonly next: number;
}

/**
 * Blanks cells above 0 up to the threshold; if what is hidden adds up to no more than the threshold,
 * the smallest larger cell too, with all its equals. Zeros and negative numbers always stay.
 */
export function hideSmall(cells: Float64Array, threshold: number): HiddenCells {
  let total = 0;
  let small = 0;
  let next = Infinity;
  for (const cell of cells) {
    if (cell > threshold) next = Math.min(next, cell);
    else if (cell > 0) {
      small++;
      total += cell;
    }
  }
  if (small === 0) return { values: cells, small, next: 0 };
  const highest = total > threshold || !cells.includes(next) ? threshold : next;
  let hidden = 0;
  const values = cells.map((cell) => {
    if (!(cell > 0 && cell <= highest)) return cell;
    hidden++;
    return NaN;
  });
  return { values, small, next: hidden - small };
}
