/** A world with all its limits, and what its components can be. */
import type { Description, Policy } from "./describe/description.ts";
import type { Opened } from "./judge-cells.ts";
import { placingOf } from "./model/cells.ts";
import type { Placing } from "./model/cells.ts";
import { takeFigures } from "./model/figures.ts";
import { targetsOf } from "./model/targets.ts";
import { relateDates, relateQuantities } from "./model/relations.ts";
import { openWorld } from "./model/world.ts";
import type { World, WorldParts, WorldShape } from "./model/world.ts";
import { classesOf } from "./solve/classes.ts";
import { componentsOf } from "./solve/components.ts";
import type { Component } from "./solve/components.ts";
import { firstSolution } from "./solve/first-solution.ts";
import { solveWithHighs } from "./solve/highs.ts";
import type { SolveProgram } from "./solve/highs.ts";
import { relax } from "./solve/relax.ts";
import type { Relaxed } from "./solve/relax.ts";
import type { Possible } from "./solve/possible.ts";
import type { Watch } from "./watch.ts";
import { settleStar } from "./solve/settle-star.ts";
import { settle } from "./solve/settle.ts";
import type { Settled } from "./solve/possible.ts";
import { starOf } from "./solve/star.ts";
import type { Star } from "./solve/star.ts";
import { Solver } from "./solve/solver.ts";

export interface Asked {
  readonly policy: Policy;
  /** Steps of search that one question may take. */
  readonly budget: number;
  /** Whether only verdicts are of interest, and not which values are possible. */
  readonly isBrief?: boolean;
  /** Whether witnesses are kept for a certificate. */
  readonly certifies: boolean;
  /** Keys of cells that need no verdict, because the same witnesses show it as before less was published. */
  readonly stillSafe?: ReadonlySet<string>;
  /** Where our own search finds no solution soon; absent = HiGHS. */
  readonly solveProgram?: SolveProgram;
  /** Absent = nobody waits. */
  readonly watch?: Watch;
}

export function opened(
  description: Description,
  parts: WorldParts,
  policy: Policy,
  shape: WorldShape,
): Opened {
  const world = openWorld(description, parts, shape);
  const figures = takeFigures(world, policy);
  const targets = targetsOf(world, figures, policy);
  relateQuantities(world);
  relateDates(world);
  return { world, figures, targets, solver: new Solver(world.model) };
}

/** What can be settled one by one, after what single tables tell. */
export interface Split {
  readonly components: readonly Component[];
  /** Of each component; null where it has another shape. */
  readonly stars: readonly (Star | null)[];
  readonly relaxed: Relaxed;
}

/** Of all components, or only of those with variables that are wanted. */
export function splitOf(open: Opened, asked: Asked, wanted?: ReadonlySet<number>): Split {
  const { bounds } = open.solver;
  const { model } = open.world;
  const split = (): readonly Component[] =>
    componentsOf(bounds).filter(
      ({ variables }) => wanted === undefined || variables.some((v) => wanted.has(v)),
    );
  const starsOf = (all: readonly Component[]): readonly (Star | null)[] =>
    all.map((each) => starOf(each, model, bounds));
  const components = split();
  const stars = starsOf(components);
  if (!stars.includes(null) || asked.budget === 0) return { components, stars, relaxed: new Map() };
  const tied = components.filter((_, at) => stars[at] === null);
  const relaxed = new Map(tied.flatMap((each) => [...relax(each, model, bounds)]));
  const after = split();
  return { components: after, stars: starsOf(after), relaxed };
}

/** Null for a component of which no solution was found. */
export function settledAll(
  { world, targets, solver }: Opened,
  { components, stars, relaxed }: Split,
  asked: Asked,
  onSettled: (numbers: number) => void = () => undefined,
): readonly (Settled | null)[] | "contradiction" {
  if (solver.bounds.isEmpty) return "contradiction";
  const placing = placingOf(world.cells);
  const isTarget = new Set(targets.map(({ variable }) => variable));
  const all: (Settled | null)[] = [];
  solver.isStopped = asked.watch?.isStopped ?? solver.isStopped;
  for (const [at, component] of components.entries()) {
    const wanted = component.variables.filter((v) => isTarget.has(v));
    const settled =
      starSettled(stars[at] ?? null, wanted, { solver, asked }) ??
      searched(component, wanted, { world, solver, asked, placing, relaxed });
    if (settled === "contradiction") return settled;
    onSettled(wanted.length);
    all.push(settled === "unknown" ? null : settled);
  }
  return all;
}

type Outcome = Settled | "contradiction" | "unknown";

interface Settling {
  readonly solver: Solver;
  readonly asked: Asked;
}

interface Searching extends Settling, Pick<Split, "relaxed"> {
  readonly world: World;
  readonly placing: Placing;
}

function starSettled(
  star: Star | null,
  variables: readonly number[],
  { solver, asked }: Settling,
): Outcome | null {
  if (asked.budget === 0 || star === null) return null;
  const settled = settleStar(star, { variables, minValues: asked.policy.minValues }, solver.bounds);
  return settled?.solutions.length === 0 ? "contradiction" : settled;
}

function searched(
  component: Component,
  wanted: readonly number[],
  { world, solver, asked, placing, relaxed }: Searching,
): Outcome {
  const { budget, policy, solveProgram = solveWithHighs } = asked;
  if (solver.isStopped()) return "unknown";
  const { model } = world;
  const base = firstSolution(component, { solver, model, budget, solveProgram });
  if (base.kind !== "found") return base.kind === "none" ? "contradiction" : "unknown";
  const classes = classesOf(component, model, solver.bounds, placing);
  const { minValues } = policy;
  const { solution } = base;
  return settle(solver, {
    ...{ component, model, classes, wanted, base: solution, minValues, budget, relaxed },
    isBrief: asked.isBrief === true,
  });
}

/** What each variable can be; those are left out of which that stays open, or of which nothing is possible at all. */
export function possibleOf(
  open: Opened,
  variables: readonly number[],
  asked: Asked,
): ReadonlyMap<number, Possible> {
  const { bounds } = open.solver;
  const possible = new Map<number, Possible>();
  const isEmpty = (): boolean => bounds.isEmpty;
  if (isEmpty()) return possible;
  const wanted = new Set(variables);
  const split = splitOf(open, asked, wanted);
  if (isEmpty()) return possible;
  const targets = open.targets.filter(({ variable }) => wanted.has(variable));
  const settled = settledAll({ ...open, targets }, split, asked);
  if (settled === "contradiction") return possible;
  const own = new Map<number, Settled | null>();
  for (const [at, component] of split.components.entries())
    for (const v of component.variables) if (wanted.has(v)) own.set(v, settled[at] ?? null);
  for (const v of wanted) {
    const value = bounds.lo[v] ?? 0;
    const known = { min: value, max: value, values: [value], isDecided: true };
    const found = own.has(v) ? own.get(v)?.possible.get(own.get(v)?.classes.keyOf(v) ?? "") : known;
    if (found?.isDecided === true) possible.set(v, found);
  }
  return possible;
}
