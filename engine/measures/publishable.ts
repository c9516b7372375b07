/** From what was counted to what can be written, in the only order that hides what must be hidden. */
import type { MeasureTable } from "./measure-table.ts";
import { policyOf, suppress } from "./suppress.ts";
import type { HiddenGroups, SuppressedTable } from "./suppress.ts";
import type { MeasureSpec, Rounding } from "./measure-spec.ts";

export interface Publishable {
  readonly table: PublishableTable;
  /** One for each column in which something is hidden. */
  readonly hidden: readonly HiddenGroups[];
}

/**
 * Hides small numbers as the measure says, then rounds as it says: rounded first, a number could pass the
 * threshold that it did not reach. The table given is not changed.
 */
export function publishable(counted: MeasureTable): Publishable {
  const { measure } = counted;
  const { table, hidden } = suppress(counted, policyOf(measure));
  return { table: roundCounts(table, roundingOf(measure)), hidden };
}

declare const rounded: unique symbol;

/**
 * A table for which somebody has said how small numbers are treated, and how numbers are rounded. Only
 * `suppress` and then `roundCounts` make one.
 */
export type PublishableTable = MeasureTable & { readonly [rounded]: true };

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
