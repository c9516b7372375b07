/** The cheapest choice that has something of every set. */

export interface Weighted {
  readonly cost: number;
}

/** Choices that are tried; then the best so far is taken. */
const MOST_TRIED = 20_000;

/** By cost, then by how many; the same choice for the same sets in the same order. */
export function cheapestHittingSet<Item extends Weighted>(
  sets: readonly (readonly Item[])[],
): readonly Item[] {
  const ordered = sets.map((set) => [...set].sort((a, b) => a.cost - b.cost));
  let best = greedy(ordered);
  let limit = weightOf(best);
  let tried = 0;
  const search = (chosen: readonly Item[], weight: number): void => {
    if (weight >= limit || tried++ > MOST_TRIED) return;
    const open = ordered
      .filter((set) => !set.some((item) => chosen.includes(item)))
      .sort((a, b) => a.length - b.length)[0];
    if (open === undefined) [best, limit] = [chosen, weight];
    else for (const item of open) search([...chosen, item], weight + weightOf([item]));
  };
  search([], 0);
  return best;
}

/** So little for each that cost comes first. */
function weightOf(items: readonly Weighted[]): number {
  return items.reduce((sum, { cost }) => sum + cost + 1e-6, 0);
}

function greedy<Item extends Weighted>(sets: readonly (readonly Item[])[]): readonly Item[] {
  const chosen: Item[] = [];
  for (let open = sets; open.length > 0;) {
    const hits = new Map<Item, number>();
    for (const set of open) for (const item of set) hits.set(item, (hits.get(item) ?? 0) + 1);
    const [first] = [...hits].sort(
      ([a, hitsA], [b, hitsB]) => weightOf([a]) / hitsA - weightOf([b]) / hitsB,
    );
    if (first === undefined) break;
    chosen.push(first[0]);
    open = open.filter((set) => !set.includes(first[0]));
  }
  return chosen;
}
