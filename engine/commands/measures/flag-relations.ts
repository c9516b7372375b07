/** What a study's own conditions say of its yes-or-no columns: which patients of one are all, or none, of another. */
import type { CheckedColumn, CheckedStudy } from "../../definition/checked-study.ts";
import type { Condition } from "../../definition/conditions/condition.ts";
import type { FlagRelation } from "../../measures/published-facts.ts";

type Pair = readonly [string, string];

/** Said of pairs of columns whatever stands between them, so that a reader needs no other column. */
export function flagRelations({ columns }: Pick<CheckedStudy, "columns">): readonly FlagRelation[] {
  const flags = new Set(columns.filter(({ type }) => type === "bool").map(({ name }) => name));
  const told = columns.flatMap((column) => (flags.has(column.name) ? toldBy(column, flags) : []));
  const pairs = (kind: FlagRelation["kind"]): readonly Pair[] =>
    told.filter((each) => each.kind === kind).map((each) => each.columns);
  const subsets = closed(pairs("subset"));
  const inside = (whole: string): readonly string[] => [
    whole,
    ...subsets.filter(([, of]) => of === whole).map(([part]) => part),
  ];
  const apart = [...pairs("disjoint"), ...pairs("complement")].flatMap(([a, b]) =>
    inside(a).flatMap((own) => inside(b).map((other): Pair => [own, other])),
  );
  const said = (kind: FlagRelation["kind"], all: readonly Pair[]): readonly FlagRelation[] =>
    all.map((own) => ({ kind, columns: own }));
  const complements = pairs("complement");
  const isOther = ([a, b]: Pair): boolean => !complements.some(([c, d]) => a === c && b === d);
  return [
    ...said("complement", complements),
    ...said("subset", subsets),
    ...said("disjoint", apart.filter(isOther)),
  ];
}

function toldBy(
  { name, function: how, rules }: CheckedColumn,
  flags: ReadonlySet<string>,
): readonly FlagRelation[] {
  const when = how === "satisfying" ? (rules?.[0]?.when ?? null) : null;
  if (when === null) return [];
  const flagOf = (condition: Condition): string | null =>
    condition.kind === "is-set" && flags.has(condition.name) ? condition.name : null;
  const parts = (kind: "all" | "any", of: Condition): readonly Condition[] =>
    of.kind === kind ? of.of.flatMap((each) => parts(kind, each)) : [of];
  const negated = when.kind === "not" ? flagOf(when.of) : null;
  const named = (all: readonly Condition[]): readonly string[] =>
    all.flatMap((each) => flagOf(each) ?? []);
  const not = parts("all", when).flatMap((each) =>
    each.kind === "not" ? (flagOf(each.of) ?? []) : [],
  );
  return [
    ...(negated === null ? [] : [{ kind: "complement", columns: [name, negated] } as const]),
    ...named(parts("all", when)).map(
      (whole) => ({ kind: "subset", columns: [name, whole] }) as const,
    ),
    ...named(parts("any", when)).map(
      (part) => ({ kind: "subset", columns: [part, name] }) as const,
    ),
    ...(negated === null
      ? not.map((other) => ({ kind: "disjoint", columns: [name, other] }) as const)
      : []),
  ];
}

/** With a within b and b within c, a within c. */
function closed(pairs: readonly Pair[]): readonly Pair[] {
  const found = new Map<string, Pair>();
  const queue = [...pairs];
  for (const [part, whole] of queue) {
    const key = JSON.stringify([part, whole]);
    if (part === whole || found.has(key)) continue;
    found.set(key, [part, whole]);
    for (const [inner, outer] of pairs) if (inner === whole) queue.push([part, outer]);
  }
  return [...found.values()];
}
