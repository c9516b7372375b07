/** The rows of a measure that shows only the groups that occur. */
import { codesOf } from "./group-numbers.ts";
import type { Layout } from "./lay-out.ts";
import type { Ranked } from "./ranks.ts";
import type { Tally } from "./tally.ts";

export interface ObservedLayout extends Layout {
  /** For each key, which of its words each row has. */
  readonly places: readonly Uint32Array[];
}

/** In the order of the keys, as every combination would be. */
export function layOutObserved(tally: Tally, keys: readonly Ranked[]): ObservedLayout {
  const rankOf = ranksOfGroups(tally, keys);
  const rows = rankOf[0]?.length ?? 0;
  const order = new Uint32Array(rows).map((_, group) => group);
  order.sort((a, b) => {
    for (const ranks of rankOf) {
      const difference = (ranks[a] ?? 0) - (ranks[b] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  });
  const rowOf = new Uint32Array(rows);
  order.forEach((group, row) => {
    rowOf[group] = row;
  });
  return { rows, rowOf, places: rankOf.map((ranks) => order.map((group) => ranks[group] ?? 0)) };
}

function ranksOfGroups({ numbers, observed }: Tally, keys: readonly Ranked[]): Uint32Array[] {
  if (observed !== null) {
    return keys.map(({ ranks }, key) =>
      (observed.codes[key] ?? new Uint32Array(0))
        .subarray(0, observed.count)
        .map((code) => ranks[code] ?? 0),
    );
  }
  const { cells = new Uint32Array(0), count = 0, sizes = [] } = numbers ?? {};
  const places = keys.map(() => new Uint32Array(count));
  for (let group = 0; group < count; group++) {
    codesOf(cells[group] ?? 0, sizes).forEach((code, key) => {
      const rank = keys[key]?.ranks[code] ?? 0;
      const own = places[key];
      if (own !== undefined) own[group] = rank;
    });
  }
  return places;
}
