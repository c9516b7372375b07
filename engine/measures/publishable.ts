/** From what was counted to what can be written, in the only order that hides what must be hidden. */
import type { MeasureTable } from "./measure-table.ts";
import { roundCounts, roundingOf } from "./round-counts.ts";
import type { PublishableTable } from "./round-counts.ts";
import { policyOf, suppress } from "./suppress.ts";
import type { HiddenGroups } from "./suppress.ts";

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
