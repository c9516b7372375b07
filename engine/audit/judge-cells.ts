/** The verdict of each cell of a world: what is possible, and whether the checker takes the witnesses. */
import type { AuditedCell } from "./audit-result.ts";
import { acceptsWitness } from "./check/accepts-witness.ts";
import type { Witness } from "./check/witness.ts";
import type { Policy } from "./describe/description.ts";
import type { PublishedTable } from "./describe/published-table.ts";
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
  const { world, figures, targets, solver } = open;
  const [base, ...more] = found.solutions;
  if (base === undefined) return targets.map((target) => undecided(target, solver));
  const { description } = world;
  const { attacker } = found.policy;
  const start = witnessOf(figures, base, []);
  const isTaken = acceptsWitness(description, attacker, start);
  const accepts = (solution: Solution): boolean =>
    acceptsWitness(
      description,
      attacker,
      witnessOf(figures, solution, start),
      isTaken ? start : [],
    );
  const taken = [...(isTaken ? [base] : []), ...more.filter(accepts)];
  const members = new Map<string, number[]>();
  for (const { variable } of targets) {
    const key = found.settledOf(variable)?.classes.keyOf(variable);
    if (key !== undefined) members.set(key, [...(members.get(key) ?? []), variable]);
  }
  const witnesses = (target: Target): ReadonlySet<number> =>
    shownValues(target.variable, found, { taken, members, accepts });
  return targets.map((target) => judged(target, found, { solver, witnesses }));
}

interface Showing {
  readonly taken: readonly Solution[];
  readonly members: ReadonlyMap<string, readonly number[]>;
  readonly accepts: (solution: Solution) => boolean;
}

/** As many values as the policy asks for, of those that accepted witnesses show, with exchanges where these are needed. */
function shownValues(
  variable: number,
  { settledOf, policy }: Found,
  { taken, members, accepts }: Showing,
): ReadonlySet<number> {
  const shown = new Set(taken.map((solution) => solution[variable] ?? 0));
  const classes = settledOf(variable)?.classes;
  if (classes === undefined) return shown;
  for (const solution of taken) {
    for (const other of members.get(classes.keyOf(variable)) ?? []) {
      if (shown.size >= policy.minValues) return shown;
      const value = solution[other] ?? 0;
      if (shown.has(value)) continue;
      const made = exchanged(solution, classes.bundleOf(variable), classes.bundleOf(other));
      if (accepts(made)) shown.add(value);
    }
  }
  return shown;
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
