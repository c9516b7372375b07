/** One world, from its tables to the verdicts of its cells. */
import type { AuditedCell } from "./audit-result.ts";
import type { Description, Policy } from "./describe/description.ts";
import type { PublishedTable } from "./describe/published-table.ts";
import { judgedAll } from "./judge-cells.ts";
import type { Opened } from "./judge-cells.ts";
import { placingOf } from "./model/cells.ts";
import { takeFigures } from "./model/figures.ts";
import { targetsOf } from "./model/targets.ts";
import { openWorld, relateDates, relateQuantities } from "./model/world.ts";
import type { World, WorldParts } from "./model/world.ts";
import { classesOf } from "./solve/classes.ts";
import { componentsOf } from "./solve/components.ts";
import type { Component } from "./solve/components.ts";
import { settle } from "./solve/settle.ts";
import type { Settled } from "./solve/settle.ts";
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
  const bases = components.map((each) => baseOf(solver, each, asked.budget));
  if (solver.bounds.isEmpty || bases.some(({ kind }) => kind === "none")) {
    const tables = disagreeing(world, asked).map(
      ({ release, file, date }) => `${release.name}/${file} ${date}`,
    );
    return { cells: [], tables, searched: solver.searched, components: 0 };
  }
  const found = bases.flatMap((each) => (each.kind === "found" ? [each.solution] : []));
  const settled = found.length < bases.length ? [] : settledAll(open, components, found, asked);
  const settledOf = new Map<number, Settled>();
  for (const [at, { variables }] of components.entries()) {
    const own = settled[at];
    if (own !== undefined) for (const v of variables) settledOf.set(v, own);
  }
  const cells = judgedAll(open, {
    solutions: found.length < bases.length ? [] : overlaid(solver, components, settled),
    settledOf: (variable) => settledOf.get(variable),
    policy: asked.policy,
  });
  return { cells, tables: null, searched: solver.searched, components: components.length };
}

function baseOf(solver: Solver, { variables }: Component, budget: number): Answer {
  const first = { ranges: [], hint: null, first: [] };
  return solver.ask({
    ...first,
    among: variables,
    budget: budget === 0 ? 0 : budget * 20 + variables.length,
  });
}

function settledAll(
  { world, targets, solver }: Opened,
  components: readonly Component[],
  bases: readonly Solution[],
  { policy, budget }: Asked,
): readonly Settled[] {
  const placing = placingOf(world.cells);
  const isTarget = new Set(targets.map(({ variable }) => variable));
  return components.map((component, at) =>
    settle(solver, {
      component,
      classes: classesOf(component, world.model, solver.bounds, placing),
      wanted: component.variables.filter((v) => isTarget.has(v)),
      base: bases[at] ?? new Float64Array(),
      minValues: policy.minValues,
      budget,
    }),
  );
}

/** Components do not limit one another: the first solutions of all are one of the world, and so on. */
function overlaid(
  { bounds }: Solver,
  components: readonly Component[],
  settled: readonly Settled[],
): readonly Solution[] {
  const count = Math.max(1, ...settled.map(({ solutions }) => solutions.length));
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
function disagreeing(
  { description, ...parts }: World,
  { policy, budget }: Asked,
): readonly PublishedTable[] {
  let tables = parts.tables;
  for (const table of tables) {
    const fewer = tables.filter((each) => each !== table);
    if (fewer.length === 0) break;
    const { solver } = opened(description, { ...parts, tables: fewer }, policy, false);
    const isEmpty =
      solver.bounds.isEmpty ||
      componentsOf(solver.bounds).some((each) => baseOf(solver, each, budget).kind === "none");
    if (isEmpty) tables = fewer;
  }
  return tables;
}
