/** How many of some days come before a date, as a tree of comparisons. */
import type { IsoDate } from "../../base/dates.ts";
import { sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

/** By halves, so that hundreds of days cost a row a few comparisons. */
export function daysBefore(days: readonly IsoDate[], date: Sql, included: boolean): Sql {
  const isBefore = (index: number): Sql => {
    const day = days[index];
    if (day === undefined) throw new Error("beyond the last day");
    return sql`DATE ${day} ${included ? sql`<=` : sql`<`} ${date}`;
  };
  const within = (low: number, high: number): Sql => {
    if (low === high) return sql`${low}`;
    const middle = Math.floor((low + high) / 2);
    const less = within(low, middle);
    return sql`CASE WHEN ${isBefore(middle)} THEN ${within(middle + 1, high)} ELSE ${less} END`;
  };
  const last = days.length;
  if (last === 1) return sql`CASE WHEN ${isBefore(0)} THEN 1 ELSE 0 END`;
  // Most dates lie before or behind all days: one comparison each.
  return sql`CASE WHEN NOT (${isBefore(0)}) THEN 0 WHEN ${isBefore(last - 1)} THEN ${last} ELSE ${within(1, last - 1)} END`;
}
