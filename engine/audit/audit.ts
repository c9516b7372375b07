/** Says of every small number in what is published whether it can be worked out. */
import { createHash } from "node:crypto";
import type { AuditedCell, AuditResult, CellName } from "./audit-result.ts";
import type { Description, Policy } from "./describe/description.ts";
import { policyOf } from "./describe/description.ts";
import { fileOf, isPatientLevel, publishedTables } from "./describe/published-table.ts";
import type { PublishedTable } from "./describe/published-table.ts";
import { takeFigures } from "./model/figures.ts";
import { targetsOf } from "./model/targets.ts";
import { addUpCoarse, openWorld, relateDates, relateQuantities, worldsOf } from "./model/world.ts";
import type { World, WorldParts } from "./model/world.ts";
import { judgedAll, undecided } from "./judge-cells.ts";
import type { Opened } from "./judge-cells.ts";
import { componentsOf } from "./solve/components.ts";
import { Solver } from "./solve/solver.ts";

/** Steps of search that one question may take. */
export const USUAL_BUDGET = 5000;

interface Audited {
  readonly cells: readonly AuditedCell[];
  readonly tables: readonly string[] | null;
  readonly searched: number;
  readonly components: number;
}

/** Problems: those of `publishedTables`; audit-label-unknown, audit-name-unknown. */
export function audit(description: Description, budget = USUAL_BUDGET): AuditResult {
  const policy = policyOf(description);
  const tables = description.releases.flatMap(publishedTables);
  const worlds = worldsOf(description, tables).map((parts) =>
    auditWorld(description, parts, policy, budget),
  );
  const tablesThatDisagree = worlds.find((world) => world.tables !== null)?.tables ?? null;
  const cells = tablesThatDisagree === null ? worlds.flatMap((world) => world.cells) : [];
  const inputs = inputsOf(description);
  const undecided = cells.filter(({ verdict }) => verdict === "undecided").map(nameOnly);
  const isClean = !cells.some(({ unsafe }) => unsafe) && undecided.length === 0;
  return {
    audit: 1,
    releasable: isClean && tablesThatDisagree === null && !inputs.some((i) => i.patientLevel),
    attacker: policy.attacker,
    policy,
    inputs,
    facts: description.facts.map((fact) => ({
      kind: fact.kind,
      columns: fact.kind === "sum" ? [fact.whole, ...fact.parts] : fact.columns,
      from: "given",
    })),
    contradiction: tablesThatDisagree === null ? null : { tables: tablesThatDisagree },
    cells: [...cells].sort(byName),
    proofs: {},
    undecided,
    notModelled: [],
    spent: {
      components: worlds.reduce((sum, { components }) => sum + components, 0),
      search: worlds.reduce((sum, { searched }) => sum + searched, 0),
    },
  };
}

function inputsOf({ releases }: Description): AuditResult["inputs"] {
  return releases.flatMap(({ name, measures, files }) =>
    measures.map((measure) => ({
      release: name,
      file: fileOf(measure),
      sha256: createHash("sha256")
        .update(files[fileOf(measure)] ?? "")
        .digest("hex"),
      measure: measure.id,
      patientLevel: isPatientLevel(measure),
    })),
  );
}

function nameOnly({
  of,
  quantity,
  date,
  since,
  without,
  groups,
  study,
  data,
}: AuditedCell): CellName {
  const more = {
    ...(since === undefined ? {} : { since }),
    ...(without === undefined ? {} : { without }),
  };
  return { of, quantity, date, ...more, groups, study, data };
}

function byName(a: AuditedCell, b: AuditedCell): number {
  const key = (cell: AuditedCell): string =>
    JSON.stringify([
      cell.study,
      cell.data,
      cell.date,
      cell.quantity,
      Object.entries(cell.groups),
      cell.of,
      cell.without ?? "",
      cell.since ?? "",
    ]);
  return key(a) < key(b) ? -1 : 1;
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
  addUpCoarse(world);
  relateQuantities(world);
  relateDates(world);
  return { world, figures, targets, solver: new Solver(world.model) };
}

function auditWorld(
  description: Description,
  parts: WorldParts,
  policy: Policy,
  budget: number,
): Audited {
  const linked = opened(description, parts, policy, false);
  const joint = isSmallJoint(linked.world) ? opened(description, parts, policy, true) : linked;
  const first = joint === linked ? null : answered(joint, policy, budget);
  if (first !== null && !first.cells.some(({ verdict }) => verdict === "undecided")) return first;
  return answered(linked, policy, budget);
}

/** Combinations of all axes that are solved as a whole. */
const JOINT = 64;

function isSmallJoint({ columns }: World): boolean {
  const real = columns.axes.filter(({ values }) => values.length > 1);
  const size = real.reduce((product, { values }) => product * values.length, 1);
  return real.length > 1 && size <= JOINT;
}

function answered(open: Opened, policy: Policy, budget: number): Audited {
  const { solver, world, targets } = open;
  const all = [...Array(world.model.size).keys()];
  const base = solver.isContradiction
    ? { kind: "none" as const }
    : solver.ask([], null, budget * 20, all);
  if (base.kind === "none") {
    const tables = disagreeing(world, policy).map(
      ({ release, file, date }) => `${release.name}/${file} ${date}`,
    );
    return { cells: [], tables, searched: solver.searched, components: 0 };
  }
  const components = componentsOf(world.model, solver);
  const cells =
    base.kind === "unknown"
      ? targets.map((target) => undecided(target, solver))
      : judgedAll(open, { base: base.solution, components, policy, budget });
  const searched = solver.searched;
  return { cells, tables: null, searched, components: new Set(components.values()).size };
}

/** The tables that contradict each other, without any that the contradiction does not need. */
function disagreeing({ description, ...parts }: World, policy: Policy): readonly PublishedTable[] {
  let tables = parts.tables;
  for (const table of tables) {
    const fewer = tables.filter((each) => each !== table);
    const { solver } = opened(description, { ...parts, tables: fewer }, policy, false);
    const all = [...solver.lo.keys()];
    const answer = solver.ask([], null, USUAL_BUDGET, all);
    if (fewer.length > 0 && answer.kind === "none") tables = fewer;
  }
  return tables;
}
