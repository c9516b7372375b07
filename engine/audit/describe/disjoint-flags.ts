/** Flags of which a patient has one at most: of three that exclude each other in pairs, too. */
import type { Fact } from "./description.ts";

/** Sets of three and more, none within another; pairs are facts themselves. */
export function disjointSets(facts: readonly Fact[]): readonly (readonly string[])[] {
  const within = wholesOf(facts);
  const excluded = new Map<string, Set<string>>();
  const exclude = (a: string, b: string): void => {
    for (const own of within(a))
      for (const other of within(b)) {
        excluded.set(own, (excluded.get(own) ?? new Set()).add(other));
        excluded.set(other, (excluded.get(other) ?? new Set()).add(own));
      }
  };
  for (const fact of facts) {
    const apart = fact.kind === "sum" ? fact.parts : fact.kind === "subset" ? [] : fact.columns;
    for (const [at, a] of apart.entries()) for (const b of apart.slice(at + 1)) exclude(a, b);
  }
  return cliquesOf(excluded).filter((set) => set.length > 2);
}

/** The flags whose patients all have this one, itself among them. */
function wholesOf(facts: readonly Fact[]): (whole: string) => readonly string[] {
  const pairs = facts.flatMap((fact) => {
    if (fact.kind === "sum") return fact.parts.map((part) => [part, fact.whole] as const);
    return fact.kind === "subset" ? [fact.columns] : [];
  });
  return (whole) => {
    const found = new Set([whole]);
    for (const name of found) for (const [part, of] of pairs) if (of === name) found.add(part);
    return [...found];
  };
}

/** Largest sets all of whose members exclude one another (Bron and Kerbosch). */
function cliquesOf(
  excluded: ReadonlyMap<string, ReadonlySet<string>>,
): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  const grow = (set: readonly string[], open: readonly string[], done: readonly string[]): void => {
    if (open.length === 0 && done.length === 0) found.push(set);
    const left = [...open];
    const seen = [...done];
    for (const name of open) {
      const beside = (others: readonly string[]): readonly string[] =>
        others.filter((other) => excluded.get(name)?.has(other) === true);
      grow([...set, name], beside(left), beside(seen));
      left.splice(left.indexOf(name), 1);
      seen.push(name);
    }
  };
  grow([], [...excluded.keys()].sort(), []);
  return found;
}
