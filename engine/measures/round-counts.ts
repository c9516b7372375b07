/** Rounding: the last step from a measure's numbers to what can be written. */
import type { MeasureSpec, Rounding } from "./measure-spec.ts";
import type { MeasureTable } from "./measure-table.ts";
import type { SuppressedTable } from "./suppress.ts";

declare const publishable: unique symbol;

/**
 * A table for which somebody has said how small numbers are treated, and how numbers are rounded. Only
 * `suppress` and then `roundCounts` make one.
 */
export type PublishableTable = MeasureTable & { readonly [publishable]: true };

/** `none` must be said: there is no default. */
export type RoundingPolicy = Rounding | "none";

/** What the author said with `rounding`. */
export function roundingOf({ rounding }: MeasureSpec): RoundingPolicy {
  return rounding ?? "none";
}

/**
 * Rounds every number of the table: numerator, denominator and what is shown beside them, so that the
 * value is computed from rounded numbers only. Blank cells stay blank. The table given is not changed.
 */
export function roundCounts(table: SuppressedTable, policy: RoundingPolicy): PublishableTable {
  if (policy === "none") return table as MeasureTable as PublishableTable;
  const columns = table.columns.map((column) => ({
    ...column,
    values: column.values.map((value) => roundedCount(value, policy)),
  }));
  return { ...table, columns } as MeasureTable as PublishableTable;
}

/** Below zero as above, with the sign turned; NaN stays. */
export function roundedCount(value: number, rounding: Rounding): number {
  if (value < 0) return -roundedCount(-value, rounding);
  if (value === 0 || !Number.isFinite(value)) return value;
  if (rounding === "midpoint6") return 6 * Math.ceil(value / 6) - 3;
  return rounding.to * Math.floor(value / rounding.to + 0.5);
}
