/** The verdict of each cell of a world: what is possible, and whether the checker takes the witnesses. */
import type { AuditedCell } from "./audit-result.ts";
import { Checker } from "./check/checker.ts";
import type { Witness } from "./check/layout.ts";
import type { Policy } from "./describe/description.ts";
import { placingOf } from "./model/cells.ts";
import type { Placing } from "./model/cells.ts";
import type { Figure } from "./model/figures.ts";
import type { Target } from "./model/targets.ts";
import type { World } from "./model/world.ts";
import { exchanged } from "./solve/classes.ts";
import { LISTED_WIDTH, shownMax } from "./solve/possible.ts";
import type { Possible } from "./solve/possible.ts";
import type { Settled } from "./solve/settle.ts";
import type { Solution, Solver } from "./solve/solver.ts";

/** A world whose limits are all there. */
export interface Opened {
  readonly world: World;
  readonly figures: readonly Figure[];
  readonly targets: readonly Target[];
  readonly solver: Solver;
}

export function undecided(
  { name, variable, figures }: Target,
  { bounds: { lo, hi } }: Solver,
): AuditedCell {
  const [min, max] = [lo[variable] ?? 0, shownMax(hi[variable] ?? 0)];
  return { ...name, figures, min, max, verdict: "undecided", unsafe: false };
}

/** What was found of all components together. */
export interface Found {
  /** Each of the whole world. */
  readonly solutions: readonly Solution[];
  readonly settledOf: (variable: number) => Settled | undefined;
  readonly policy: Policy;
}

/** Safe only with as many accepted witnesses as the policy asks for. */
export function judgedAll(open: Opened, found: Found): readonly AuditedCell[] {
  const { targets, solver } = open;
  if (found.solutions.length === 0) return targets.map((target) => undecided(target, solver));
  const showing = showingOf(open, found);
  const witnesses = (target: Target): ReadonlySet<number> => shownValues(target, found, showing);
  return targets.map((target) => judged(target, found, { solver, witnesses }));
}

interface Showing {
  readonly checker: Checker;
  readonly witnessOf: (solution: Solution) => Witness;
  readonly placing: Placing;
  /** Solutions that the checker takes. */
  readonly taken: readonly Solution[];
  readonly members: ReadonlyMap<string, readonly number[]>;
}

function showingOf({ world, targets }: Opened, { solutions, settledOf, policy }: Found): Showing {
  const { cells, description, tables, data } = world;
  const layouts = cells.layouts.map(({ quantity, date, node }) => ({
    ...{ quantity, date },
    columns: node.map(({ name, values }) => ({ name, values })),
  }));
  const { attacker } = policy;
  const checker = new Checker({ description, attacker, tables, data }, layouts);
  const witnessOf = (solution: Solution): Witness =>
    cells.layouts.map(({ first, size }) => solution.subarray(first, first + size));
  const members = new Map<string, number[]>();
  for (const { variable } of targets) {
    const key = settledOf(variable)?.classes.keyOf(variable);
    if (key === undefined) continue;
    const own = members.get(key);
    if (own === undefined) members.set(key, [variable]);
    else own.push(variable);
  }
  const taken = solutions.filter((solution) => checker.accepts(witnessOf(solution)));
  return { checker, witnessOf, placing: placingOf(cells), taken, members };
}

/** As many values as the policy asks for, read from accepted witnesses, with exchanges where these are needed. */
function shownValues(
  { name, variable }: Target,
  { settledOf, policy }: Found,
  showing: Showing,
): ReadonlySet<number> {
  const { checker, taken, witnessOf, members } = showing;
  const read = checker.reader(name);
  const shown = new Set<number>();
  for (const solution of taken) {
    shown.add(read(witnessOf(solution)));
    if (shown.size >= policy.minValues) return shown;
  }
  const classes = settledOf(variable)?.classes;
  if (classes === undefined) return shown;
  for (const solution of taken) {
    for (const other of members.get(classes.keyOf(variable)) ?? []) {
      if (shown.size >= policy.minValues) return shown;
      if (shown.has(solution[other] ?? 0)) continue;
      const bundles = [classes.bundleOf(variable), classes.bundleOf(other)] as const;
      const made = exchanged(solution, ...bundles);
      if (isExchangeable(solution, bundles, showing) || checker.accepts(witnessOf(made)))
        shown.add(read(witnessOf(made)));
    }
  }
  return shown;
}

function isExchangeable(
  solution: Solution,
  [own, other]: readonly [readonly number[], readonly number[]],
  { checker, placing, witnessOf }: Showing,
): boolean {
  const [places, others] = [own.map(placing.layoutOf), other.map(placing.layoutOf)];
  const [first, second] = [places[0]?.at, others[0]?.at];
  const layouts = places.map((place) => place?.layout ?? -1);
  const isSame =
    first !== undefined &&
    second !== undefined &&
    places.every((place, at) => place?.at === first && place.layout === others[at]?.layout) &&
    others.every((place) => place?.at === second);
  return isSame && checker.acceptsExchange(witnessOf(solution), layouts, first, second);
}

function possibleOf(variable: number, { bounds }: Solver, found: Found): Possible | undefined {
  const settled = found.settledOf(variable);
  if (settled !== undefined) return settled.possible.get(settled.classes.keyOf(variable));
  const value = bounds.lo[variable] ?? 0;
  return { min: value, max: value, values: [value], isDecided: true };
}

function judged(
  target: Target,
  found: Found,
  given: { solver: Solver; witnesses: (target: Target) => ReadonlySet<number> },
): AuditedCell {
  const { policy } = found;
  const possible = possibleOf(target.variable, given.solver, found);
  if (possible === undefined) return undecided(target, given.solver);
  const { min, max, values } = possible;
  const isWide = values.length >= policy.minValues;
  if (!possible.isDecided && !isWide) return undecided(target, given.solver);
  const shown = { ...target.name, figures: target.figures, min, max: shownMax(max) };
  const hasHoles = values.length <= max - min;
  const listed = max - min <= LISTED_WIDTH && hasHoles && possible.isDecided ? { values } : {};
  if (!isWide) {
    const unsafe = values.some((value) => value >= 1 && value <= policy.small);
    return { ...shown, ...listed, verdict: values.length === 1 ? "exact" : "narrow", unsafe };
  }
  const witnesses = Math.min(given.witnesses(target).size, policy.minValues);
  if (witnesses < policy.minValues) return undecided(target, given.solver);
  return { ...shown, ...listed, verdict: "safe", unsafe: false, witnesses };
}
