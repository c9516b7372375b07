/** One world, from its tables to the verdicts of its cells. */
import type { AuditedCell, Contradiction } from "./audit-result.ts";
import { packedShown } from "./certificate/certificate.ts";
import type { PackedShown } from "./certificate/certificate.ts";
import { cellKey } from "./describe/cell-name.ts";
import type { Description } from "./describe/description.ts";
import { contradictionIn } from "./contradiction.ts";
import { judgedAll } from "./judge-cells.ts";
import type { Opened } from "./judge-cells.ts";
import type { World, WorldParts } from "./model/world.ts";
import { provenAll } from "./proofs/prove-leaks.ts";
import type { NamedProof } from "./proofs/proof-words.ts";
import { opened, settledAll, splitOf } from "./settle-world.ts";
import type { Asked } from "./settle-world.ts";
import type { Settled } from "./solve/possible.ts";
import type { Solution, Solver } from "./solve/solver.ts";

export interface AuditedWorld {
  readonly cells: readonly AuditedCell[];
  readonly contradiction: Contradiction | null;
  /** Where a certificate is asked for. */
  readonly shown: PackedShown | null;
  /** Of what can be worked out. */
  readonly proofs: readonly NamedProof[];
  readonly searched: number;
  readonly components: number;
}

/** Combinations of all axes up to which a world is solved as a whole: always, or where tables alone do not do. */
const JOINT = { always: 64, most: 2000 } as const;

/** Groupings that form a circle through several counted columns can tell more than they do pair by pair. */
export function auditWorld(
  description: Description,
  parts: WorldParts,
  asked: Asked,
): AuditedWorld {
  const open = opened(description, parts, asked.policy, "linked");
  const size = jointSize(open.world);
  const linked = size <= JOINT.most ? open : { ...open, targets: targetsAsked(open, asked) };
  const whole = (): AuditedWorld =>
    answered(opened(description, parts, asked.policy, "joint"), asked);
  const own = size <= JOINT.always ? whole() : null;
  if (own !== null && !own.cells.some(isOpen)) return own;
  const apart = answered(linked, asked);
  if (own !== null) return stricter(own, apart);
  const areTables = apart.cells.some(
    ({ proof, verdict }) => verdict === "safe" && proof === "tables",
  );
  return areTables && size <= JOINT.most ? stricter(whole(), apart) : apart;
}

/** Which are left out of a world that is looked at as a whole says what else is looked at, so there none are. */
function targetsAsked({ targets }: Opened, { stillSafe }: Asked): Opened["targets"] {
  if (stillSafe === undefined) return targets;
  return targets.filter(({ name }) => !stillSafe.has(cellKey(name)));
}

function isOpen({ verdict }: AuditedCell): boolean {
  return verdict === "undecided";
}

/** What is told by all axes at once, where that is decided: a leak that only they tell is kept, whatever else stays open. */
export function stricter(whole: AuditedWorld, apart: AuditedWorld): AuditedWorld {
  if (whole.contradiction !== null) return whole;
  if (!whole.cells.some(isOpen)) return whole;
  // Witnesses of both cannot stand in one certificate, which is for what is releasable only.
  if (!whole.cells.some(({ unsafe }) => unsafe)) return apart;
  const others = new Map(apart.cells.map((cell) => [cellKey(cell), cell]));
  const cells = whole.cells.map((cell) =>
    isOpen(cell) ? (others.get(cellKey(cell)) ?? cell) : cell,
  );
  return { ...whole, cells, proofs: [...whole.proofs, ...apart.proofs], shown: null };
}

/** Infinite where one axis, or none, tells all there is. */
function jointSize({ columns }: World): number {
  const real = columns.axes.filter(({ values }) => values.length > 1);
  return real.length > 1
    ? real.reduce((product, { values }) => product * values.length, 1)
    : Infinity;
}

/** With whatever limits the world has by now. */
export function answered(open: Opened, asked: Asked): AuditedWorld {
  const { solver, world } = open;
  const split = splitOf(open, asked);
  const { components } = split;
  const progress = asked.watch?.progress({
    label: `Auditing ${world.dates.join(" and ")}`,
    ...{ unit: "numbers", total: open.targets.length },
  });
  const settled = settledAll(open, split, asked, progress?.advance);
  progress?.end();
  if (settled === "contradiction") {
    const contradiction = contradictionIn(world, asked);
    const none = { cells: [], proofs: [], shown: null, components: 0 };
    return { ...none, contradiction, searched: solver.searched };
  }
  const settledOf = new Map<number, Settled>();
  for (const [at, { variables }] of components.entries()) {
    const own = settled[at];
    if (own !== undefined && own !== null) for (const v of variables) settledOf.set(v, own);
  }
  const judged = judgedAll(open, {
    solutions: settled.includes(null) ? [] : overlaid(solver, settled),
    settledOf: (variable) => settledOf.get(variable),
    policy: asked.policy,
    isSearched: asked.budget > 0,
    certifies: asked.certifies,
  });
  const proven = provenAll(world, judged.cells, asked);
  const spent = { searched: solver.searched, components: components.length };
  const shown = judged.shown === null ? null : packedShown(judged.shown);
  return { ...proven, contradiction: null, ...spent, shown };
}

/** Components do not limit one another: the first solutions of all are one of the world, and so on. */
function overlaid({ bounds }: Solver, settled: readonly (Settled | null)[]): readonly Solution[] {
  const count = Math.max(1, ...settled.map((own) => own?.solutions.length ?? 0));
  return Array.from({ length: count }, (_, turn) => {
    const whole = Float64Array.from(bounds.lo);
    for (const own of settled) {
      const solution = own?.solutions[Math.min(turn, own.solutions.length - 1)];
      for (let at = 0; at < (solution?.variables.length ?? 0); at++)
        whole[solution?.variables[at] ?? 0] = solution?.values[at] ?? NaN;
    }
    return whole;
  });
}
