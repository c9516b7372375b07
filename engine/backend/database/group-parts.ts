/** Ways of grouping, parted so that each part is one statement. */
import { KEYS_AT_ONCE } from "../../sql/groups-statement.ts";
import type { GroupsWanted } from "../../table/cohort-groups.ts";

/** Nearly always one part. */
export function groupParts({ keys, sets, ...wanted }: GroupsWanted): readonly GroupsWanted[] {
  const parts: { readonly used: Set<number>; readonly sets: (readonly number[])[] }[] = [];
  for (const set of sets) {
    const last = parts.at(-1);
    const together = new Set([...(last?.used ?? []), ...set]);
    if (last === undefined || together.size > KEYS_AT_ONCE) {
      parts.push({ used: new Set(set), sets: [set] });
    } else {
      last.sets.push(set);
      for (const key of set) last.used.add(key);
    }
  }
  return parts.map((part) => {
    const used = [...part.used];
    return {
      ...wanted,
      keys: used.map((key) => keys[key] ?? ""),
      sets: part.sets.map((set) => set.map((key) => used.indexOf(key))),
    };
  });
}
