/** How many patients meet the conditions of a population, counted where the parts of its cohorts are. */
import type { IsoDate } from "../../base/dates.ts";
import { querySql } from "../../sql/query.ts";
import { attritionStatement, everybodyStatement } from "../../sql/statements.ts";
import type { AttritionCounts } from "../backend.ts";
import { whileKept } from "./keep-tables.ts";
import type { Records } from "./records.ts";
import type { ToRead } from "./to-read.ts";

export interface AttritionCounter {
  /** Counts those of the range at a place; while no other statement runs. */
  readonly count: (indexDate: IsoDate | null, place: number) => Promise<void>;
  /** Of all ranges that have been counted. */
  readonly countsAt: (indexDate: IsoDate | null) => AttritionCounts;
}

/** Null for a plan in which nobody counts them. */
export function attritionCounter(records: Records, work: ToRead): AttritionCounter | null {
  const { plan, speaking, ranges, words } = work;
  if (plan.passedConditions === null) return null;
  const found = new Map<string, readonly (readonly [passed: number, patients: number])[]>();
  const key = (indexDate: IsoDate | null, place: number): string => `${indexDate ?? ""} ${place}`;
  let everybody: number | null = null;
  return {
    count: async (indexDate, place) => {
      everybody ??= await countEverybody(records, work);
      const number = indexDate === null ? 0 : plan.indexDates.indexOf(indexDate);
      const at = { number, range: ranges[place] ?? null, wordTypes: words.types };
      const { before, query } = attritionStatement(plan, speaking, at);
      const rows = await whileKept(before, records, () => records.session.rows(querySql(query)));
      found.set(
        key(indexDate, place),
        rows.map((row) => [Number(row["passed"]), Number(row["n"])] as const),
      );
    },
    countsAt: (indexDate) => {
      const passed = new Map<number, number>();
      for (const place of ranges.keys()) {
        for (const [conditions, patients] of found.get(key(indexDate, place)) ?? []) {
          passed.set(conditions, (passed.get(conditions) ?? 0) + patients);
        }
      }
      return { everybody: everybody ?? 0, leavesOutOptedOut: !records.includeOptedOut, passed };
    },
  };
}

async function countEverybody({ session }: Records, { plan, speaking }: ToRead): Promise<number> {
  const [row] = await session.rows(everybodyStatement(plan, speaking));
  return Number(row?.["n"]);
}
