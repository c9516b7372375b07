/** One world, from its tables to the verdicts of its cells. */
import type { AuditedCell } from "./audit-result.ts";
import type { Description, Policy } from "./describe/description.ts";
import type { PublishedTable } from "./describe/published-table.ts";
import { judgedAll } from "./judge-cells.ts";
import type { Opened } from "./judge-cells.ts";
import { placingOf } from "./model/cells.ts";
import type { Placing } from "./model/cells.ts";
import { takeFigures } from "./model/figures.ts";
import { targetsOf } from "./model/targets.ts";
import { openWorld, relateDates, relateQuantities } from "./model/world.ts";
import type { World, WorldParts } from "./model/world.ts";
import { classesOf } from "./solve/classes.ts";
import { componentsOf } from "./solve/components.ts";
import type { Component } from "./solve/components.ts";
import { settleStar } from "./solve/settle-star.ts";
import { settle } from "./solve/settle.ts";
import type { Settled } from "./solve/settle.ts";
import { starOf } from "./solve/star.ts";
import { Solver } from "./solve/solver.ts";
import type { Answer, Solution } from "./solve/solver.ts";

export interface AuditedWorld {
  readonly cells: readonly AuditedCell[];
  /** The fewest tables that contradict each other; null where none do. */
  readonly tables: readonly string[] | null;
  readonly searched: number;
  readonly components: number;
}

export interface Asked {
  readonly policy: Policy;
  /** Steps of search that one question may take. */
  readonly budget: number;
}

/** Combinations of all axes that are solved as a whole. */
const JOINT = 64;

export function auditWorld(
  description: Description,
  parts: WorldParts,
  asked: Asked,
): AuditedWorld {
  const linked = opened(description, parts, asked.policy, false);
  if (isSmallJoint(linked.world)) {
    const whole = answered(opened(description, parts, asked.policy, true), asked);
    if (!whole.cells.some(({ verdict }) => verdict === "undecided")) return whole;
  }
  return answered(linked, asked);
}

function opened(
  description: Description,
  parts: WorldParts,
  policy: Policy,
  isJoint: boolean,
): Opened {
  const world = openWorld(description, parts, isJoint);
  const figures = takeFigures(world, policy);
  const targets = targetsOf(world, figures, policy);
  relateQuantities(world);
  relateDates(world);
  return { world, figures, targets, solver: new Solver(world.model) };
}

function isSmallJoint({ columns }: World): boolean {
  const real = columns.axes.filter(({ values }) => values.length > 1);
  const size = real.reduce((product, { values }) => product * values.length, 1);
  return real.length > 1 && size <= JOINT;
}

function answered(open: Opened, asked: Asked): AuditedWorld {
  const { solver, world } = open;
  const components = componentsOf(solver.bounds);
  const settled = settledAll(open, components, asked);
  if (settled === "contradiction") {
    const tables = disagreeing(world, asked).map(
      ({ release, file, date }) => `${release.name}/${file} ${date}`,
    );
    return { cells: [], tables, searched: solver.searched, components: 0 };
  }
  const settledOf = new Map<number, Settled>();
  for (const [at, { variables }] of components.entries()) {
    const own = settled[at];
    if (own !== undefined && own !== null) for (const v of variables) settledOf.set(v, own);
  }
  const cells = judgedAll(open, {
    solutions: settled.includes(null) ? [] : overlaid(solver, components, settled),
    settledOf: (variable) => settledOf.get(variable),
    policy: asked.policy,
  });
  return { cells, tables: null, searched: solver.searched, components: components.length };
}

/** Null for a component of which no solution was found. */
function settledAll(
  { world, targets, solver }: Opened,
  components: readonly Component[],
  asked: Asked,
): readonly (Settled | null)[] | "contradiction" {
  if (solver.bounds.isEmpty) return "contradiction";
  const placing = placingOf(world.cells);
  const isTarget = new Set(targets.map(({ variable }) => variable));
  const all: (Settled | null)[] = [];
  for (const component of components) {
    const wanted = component.variables.filter((v) => isTarget.has(v));
    const settled =
      starSettled(component, wanted, { world, solver, asked }) ??
      searched(component, wanted, { world, solver, asked, placing });
    if (settled === "contradiction") return settled;
    all.push(settled === "unknown" ? null : settled);
  }
  return all;
}

type Outcome = Settled | "contradiction" | "unknown";

interface Settling {
  readonly world: World;
  readonly solver: Solver;
  readonly asked: Asked;
}

function starSettled(
  component: Component,
  variables: readonly number[],
  { world, solver, asked }: Settling,
): Outcome | null {
  if (asked.budget === 0) return null;
  const star = starOf(component, world.model, solver.bounds);
  if (star === null) return null;
  const settled = settleStar(star, { variables, minValues: asked.policy.minValues }, solver.bounds);
  return settled?.solutions.length === 0 ? "contradiction" : settled;
}

function searched(
  component: Component,
  wanted: readonly number[],
  { world, solver, asked, placing }: Settling & { readonly placing: Placing },
): Outcome {
  const { budget, policy } = asked;
  const base = baseOf(solver, component, budget);
  if (base.kind !== "found") return base.kind === "none" ? "contradiction" : "unknown";
  const classes = classesOf(component, world.model, solver.bounds, placing);
  const { minValues } = policy;
  return settle(solver, { component, classes, wanted, base: base.solution, minValues, budget });
}

function baseOf(solver: Solver, { variables }: Component, budget: number): Answer {
  const steps = budget === 0 ? 0 : budget * 20 + variables.length;
  return solver.ask({ ranges: [], hint: null, first: [], among: variables, budget: steps });
}

/** Components do not limit one another: the first solutions of all are one of the world, and so on. */
function overlaid(
  { bounds }: Solver,
  components: readonly Component[],
  settled: readonly (Settled | null)[],
): readonly Solution[] {
  const count = Math.max(1, ...settled.map((own) => own?.solutions.length ?? 0));
  return Array.from({ length: count }, (_, turn) => {
    const whole = Float64Array.from(bounds.lo);
    for (const [at, { variables }] of components.entries()) {
      const own = settled[at]?.solutions ?? [];
      const solution = own[Math.min(turn, own.length - 1)];
      for (const v of variables) whole[v] = solution?.[v] ?? NaN;
    }
    return whole;
  });
}

/** The tables that contradict each other, without any that the contradiction does not need. */
function disagreeing({ description, ...parts }: World, asked: Asked): readonly PublishedTable[] {
  let tables = parts.tables;
  for (const table of tables) {
    const fewer = tables.filter((each) => each !== table);
    if (fewer.length === 0) break;
    const open = opened(description, { ...parts, tables: fewer }, asked.policy, false);
    if (
      settledAll({ ...open, targets: [] }, componentsOf(open.solver.bounds), asked) ===
      "contradiction"
    )
      tables = fewer;
  }
  return tables;
}
