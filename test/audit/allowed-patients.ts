/** Which patients the facts allow, and what they add up to. */
import type { FactOf, Setting } from "./publication.ts";

/** Of one atom: people, and how many of each quantity they can have, each patient as the facts allow. */
export function tuplesOf(
  { quantities, facts }: Setting,
  most: number,
): readonly (readonly number[])[] {
  const flags = quantities.flatMap(({ kind }, at) => (kind === "flag" && at > 0 ? [at] : []));
  const kinds = Array.from({ length: 2 ** flags.length }, (_, mask) =>
    quantities.map((_q, at) =>
      at === 0 ? 1 : (mask >> flags.indexOf(at)) & (flags.includes(at) ? 1 : 0),
    ),
  ).filter((one) =>
    facts.every((fact) =>
      holds(fact, (name) => one[quantities.findIndex((q) => q.name === name)] ?? 0),
    ),
  );
  const all = new Map<string, readonly number[]>();
  let layer = new Map([["", quantities.map(() => 0)]]);
  for (let people = 0; people <= most; people++) {
    for (const tuple of layer.values()) all.set(tuple.join(), tuple);
    const next = new Map<string, number[]>();
    for (const tuple of layer.values())
      for (const one of kinds) {
        const more = tuple.map((n, at) => n + (one[at] ?? 0));
        next.set(more.join(), more);
      }
    layer = next;
  }
  let found = [...all.values()];
  for (const [at, { kind }] of quantities.entries())
    if (kind === "count" && at > 0)
      found = found.flatMap((tuple) =>
        Array.from({ length: tuple[0] === 0 ? 1 : most + 1 }, (_, n) => tuple.with(at, n)),
      );
  return found;
}

/** Of one patient, who has each flag or not. */
export function holds(fact: FactOf, of: (name: string) => number): boolean {
  if ("subset" in fact) return of(fact.subset[0]) <= of(fact.subset[1]);
  if ("disjoint" in fact) return of(fact.disjoint[0]) + of(fact.disjoint[1]) <= 1;
  if ("complement" in fact) return of(fact.complement[0]) + of(fact.complement[1]) === 1;
  const [whole, parts] = fact.sum;
  return of(whole) === parts.reduce((all, part) => all + of(part), 0);
}
