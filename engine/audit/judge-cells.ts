/** The verdict of each cell of a world: what is possible, and whether the checker takes the witnesses. */
import type { AuditedCell } from "./audit-result.ts";
import { acceptsWitness } from "./check/accepts-witness.ts";
import type { Witness } from "./check/witness.ts";
import type { Policy } from "./describe/description.ts";
import type { PublishedTable } from "./describe/published-table.ts";
import type { Figure } from "./model/figures.ts";
import type { Target } from "./model/targets.ts";
import type { World } from "./model/world.ts";
import { classesOf, exchanged } from "./solve/classes.ts";
import { LISTED_WIDTH, possibleValues, shownMax } from "./solve/possible-values.ts";
import type { Possible } from "./solve/possible-values.ts";
import type { Solution, Solver } from "./solve/solver.ts";

/** A world whose limits are all there. */
export interface Opened {
  readonly world: World;
  readonly figures: readonly Figure[];
  readonly targets: readonly Target[];
  readonly solver: Solver;
}

export function undecided({ name, variable, figures }: Target, { lo, hi }: Solver): AuditedCell {
  const [min, max] = [lo[variable] ?? 0, shownMax(hi[variable] ?? 0)];
  return { ...name, figures, min, max, verdict: "undecided", unsafe: false };
}

interface Judging {
  readonly base: Solution;
  readonly components: ReadonlyMap<number, readonly number[]>;
  readonly policy: Policy;
  readonly budget: number;
}

/** Safe only with as many accepted witnesses as the policy asks for. */
export function judgedAll(open: Opened, judging: Judging): readonly AuditedCell[] {
  const { solver, world, figures, targets } = open;
  const { base, components, policy, budget } = judging;
  const classes = classesOf(world.model, solver);
  const first = new Map<string, { readonly variable: number; readonly possible: Possible }>();
  const start = witnessOf(figures, base, []);
  const isTaken = acceptsWitness(world.description, policy.attacker, start);
  const accepts: Accepts = (solution) => {
    const witness = witnessOf(figures, solution, start);
    const { description } = world;
    return acceptsWitness(description, policy.attacker, witness, isTaken ? start : []);
  };
  return targets.map((target) => {
    const { variable } = target;
    const key = classes[variable] ?? "";
    const same = first.get(key);
    const among = components.get(variable) ?? [];
    const possible =
      same === undefined
        ? possibleValues({ solver, variable, among, base, budget }, policy.minValues)
        : likeFirst(same.possible, same.variable, variable);
    if (same === undefined) first.set(key, { variable, possible });
    return judged(target, possible, { solver, policy, accepts });
  });
}

/** What is possible for one of a class is possible for the others, with their values exchanged. */
function likeFirst({ found, ...possible }: Possible, first: number, other: number): Possible {
  const own = [...found].map(
    ([value, solution]) => [value, exchanged(solution, first, other)] as const,
  );
  return { ...possible, found: new Map(own) };
}

type Accepts = (solution: Solution) => boolean;

function judged(
  target: Target,
  possible: Possible,
  { solver, policy, accepts }: { solver: Solver; policy: Policy; accepts: Accepts },
): AuditedCell {
  const values = [...possible.found.keys()].sort((a, b) => a - b);
  const shown = {
    ...target.name,
    figures: target.figures,
    min: possible.min,
    max: shownMax(possible.max),
  };
  const isWide = values.length >= policy.minValues;
  if (!possible.isDecided && !isWide) return undecided(target, solver);
  const hasHoles = values.length <= possible.max - possible.min;
  const listed = possible.max - possible.min <= LISTED_WIDTH && hasHoles ? { values } : {};
  if (!isWide) {
    const isSmall = values.some((value) => value >= 1 && value <= policy.small);
    return {
      ...shown,
      ...listed,
      verdict: values.length === 1 ? "exact" : "narrow",
      unsafe: isSmall,
    };
  }
  const accepted = [...possible.found.values()].slice(0, policy.minValues).filter(accepts);
  if (accepted.length < policy.minValues) return undecided(target, solver);
  return { ...shown, ...listed, verdict: "safe", unsafe: false, witnesses: accepted.length };
}

/** The true numbers of every printed column, as the solution has them; tables as in `start` are those of it. */
function witnessOf(figures: readonly Figure[], solution: Solution, start: Witness): Witness {
  const tables = new Map<PublishedTable, Map<string, number[]>>();
  for (const { table, column, cell } of figures) {
    const columns = tables.get(table) ?? new Map<string, number[]>();
    tables.set(table, columns);
    const numbers = columns.get(column.name) ?? [];
    columns.set(column.name, numbers);
    numbers.push(solution[cell.variable] ?? NaN);
  }
  return [...tables].map(([table, columns], at) => {
    const before = start[at];
    const isSame = (numbers: readonly number[], name: string): boolean =>
      before?.columns.get(name)?.every((value, row) => value === numbers[row]) === true;
    const isUnchanged = [...columns].every(([name, numbers]) => isSame(numbers, name));
    return before !== undefined && isUnchanged ? before : { table, columns };
  });
}
