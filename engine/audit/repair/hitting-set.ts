/** The cheapest choice that has something of every set. */
import { solveWithHighs } from "../solve/highs.ts";
import type { SolveProgram } from "../solve/highs.ts";

export interface Weighted {
  readonly cost: number;
}

interface How {
  /** Choices that are tried of sets that have items in common; then a solver is asked. */
  readonly mostTried?: number;
  readonly solveProgram?: SolveProgram | undefined;
}

type Sets<Item> = readonly (readonly Item[])[];

/** By cost, then by how many; the same choice for the same sets in the same order. */
export function cheapestHittingSet<Item extends Weighted>(
  sets: Sets<Item>,
  how: How = {},
): readonly Item[] {
  return apart(sets).flatMap((own) => cheapestOf(own, how));
}

/** Sets that share no item with others are chosen from by themselves. */
function apart<Item>(sets: Sets<Item>): readonly Sets<Item>[] {
  let groups: { readonly items: ReadonlySet<Item>; readonly sets: Sets<Item> }[] = [];
  for (const set of sets) {
    const met = groups.filter(({ items }) => set.some((item) => items.has(item)));
    const items = new Set([...set, ...met.flatMap((group) => [...group.items])]);
    const own = [...met.flatMap((group) => group.sets), set];
    groups = [...groups.filter((group) => !met.includes(group)), { items, sets: own }];
  }
  return groups.map((group) => group.sets);
}

/** Where not all choices can be tried, the best of what was tried and of what the solver finds: none is proved the least then. */
function cheapestOf<Item extends Weighted>(
  sets: Sets<Item>,
  { mostTried = 20_000, solveProgram = solveWithHighs }: How,
): readonly Item[] {
  const ordered = sets.map((set) => [...set].sort((a, b) => a.cost - b.cost));
  let best = givenBack(greedy(ordered), ordered);
  let limit = weightOf(best);
  let tried = 0;
  const search = (chosen: readonly Item[], weight: number): void => {
    const open = ordered.filter((set) => !set.some((item) => chosen.includes(item)));
    if (weight + leastOf(open) >= limit - 1e-9 || tried++ > mostTried) return;
    const [first] = [...open].sort((a, b) => a.length - b.length);
    if (first === undefined) [best, limit] = [chosen, weight];
    else for (const item of first) search([...chosen, item], weight + weightOf([item]));
  };
  search([], 0);
  if (tried <= mostTried) return best;
  const others = givenBack(solved(ordered, solveProgram), ordered);
  return isHitting(others, ordered) && weightOf(others) < limit ? others : best;
}

/** What sets without a common item cost at least. */
function leastOf<Item extends Weighted>(open: Sets<Item>): number {
  const used = new Set<Item>();
  let least = 0;
  for (const set of [...open].sort((a, b) => a.length - b.length)) {
    if (set.some((item) => used.has(item))) continue;
    for (const item of set) used.add(item);
    least += Math.min(...set.map((item) => weightOf([item])));
  }
  return least;
}

/** So little for each that cost comes first. */
function weightOf(items: readonly Weighted[]): number {
  return items.reduce((sum, { cost }) => sum + cost + 1e-6, 0);
}

function greedy<Item extends Weighted>(sets: Sets<Item>): readonly Item[] {
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

/** Without what others have made needless, the dearest first. */
function givenBack<Item extends Weighted>(
  chosen: readonly Item[],
  sets: Sets<Item>,
): readonly Item[] {
  let kept = chosen;
  for (const item of [...chosen].sort((a, b) => b.cost - a.cost)) {
    const fewer = kept.filter((each) => each !== item);
    if (isHitting(fewer, sets)) kept = fewer;
  }
  return kept;
}

function isHitting<Item>(chosen: readonly Item[], sets: Sets<Item>): boolean {
  return sets.every((set) => set.some((item) => chosen.includes(item)));
}

/** Each item is taken or not, and of each set one is. */
function solved<Item extends Weighted>(
  sets: Sets<Item>,
  solveProgram: SolveProgram,
): readonly Item[] {
  const items = [...new Set(sets.flat())];
  const numbers = solveProgram({
    columns: items.map(() => ({ lo: 0, hi: 1 })),
    costs: items.map((item) => weightOf([item])),
    rows: sets.map((set) => ({
      ...{ lo: 1, hi: null },
      columns: set.map((item) => items.indexOf(item)),
      factors: set.map(() => 1),
    })),
  });
  return items.filter((_, at) => numbers?.[at] === 1);
}
