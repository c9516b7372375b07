/** Names in a description that none of its measures has: what is said of them says nothing, and a slip of the pen looks the same. */
import { nearestNames } from "../../base/nearest.ts";
import { quotedList } from "../../base/wording.ts";
import { POPULATION } from "../../measures/measure-spec.ts";
import type { Description } from "./description.ts";
import { KEYS } from "./read-description.ts";

/** In words, each with what it may have been meant for. */
export function namesNotMet(description: Description): readonly string[] {
  const { releases, columns, dimensions, facts, time, notRead = [] } = description;
  const measures = releases.flatMap((release) => release.measures);
  const counted = new Set([
    POPULATION,
    ...measures.flatMap(({ numerator, denominator }) => [numerator, denominator]),
  ]);
  const grouped = new Set(measures.flatMap(({ group_by: keys }) => keys ?? []));
  const inFacts = facts.flatMap((fact) =>
    fact.kind === "sum" ? [fact.whole, ...fact.parts] : fact.columns,
  );
  const inAny = new Set([...grouped, ...dimensions.map(({ name }) => name)]);
  const cut = dimensions.flatMap((dimension) => Object.keys(dimension.columns));
  return [
    ...notes("keys", notRead, KEYS, "are none of a description, and are not read"),
    ...notes("columns", Object.keys(columns), counted, "are counted by no measure"),
    ...notes("facts", inFacts, counted, "are counted by no measure"),
    ...notes("dimensions", cut, grouped, "are groups of no measure"),
    ...notes("time.cumulative", time.cumulative, counted, "are counted by no measure"),
    ...notes("time.static", time.static, inAny, "are groups of no measure"),
  ];
}

function notes(
  place: string,
  names: readonly string[],
  met: ReadonlySet<string>,
  says: string,
): readonly string[] {
  const missing = [...new Set(names)].filter((name) => !met.has(name));
  if (missing.length === 0) return [];
  const near = [...new Set(missing.flatMap((name) => nearestNames(name, [...met]).slice(0, 1)))];
  const meant = near.length === 0 ? "" : `; nearest: ${quotedList(near)}`;
  return [`${place} of the description: ${quotedList(missing)} ${says}${meant}`];
}
