import { toDayNumber } from "../../engine/base/dates.ts";
import { compare } from "./order.ts";
import { dayOf } from "./row.ts";

const GAP = /<= (\d+) days/;

/**
 * How many series of matches there are, a series ending where the next match is more days away than
 * stated. Every match without a date is a series of its own, and so is the first after it.
 */
export function countEpisodes(moments: readonly (string | null)[], definedAs = ""): number {
  const [, digits = "0"] = GAP.exec(definedAs) ?? [];
  const days = [...moments].sort(compare).map(dayOf);
  let episodes = 0;
  let previous: (typeof days)[number] = null;
  for (const day of days) {
    const continues =
      day !== null &&
      previous !== null &&
      toDayNumber(day) - toDayNumber(previous) <= Number(digits);
    if (!continues) episodes++;
    previous = day;
  }
  return episodes;
}
