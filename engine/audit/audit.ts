/** Says of every small number in what is published whether it can be worked out. */
import type { AuditedCell, AuditResult } from "./audit-result.ts";
import type { CellName } from "./describe/cell-name.ts";
import type { Description } from "./describe/description.ts";
import { sortedCells } from "./sorted-cells.ts";
import { policyOf } from "./describe/description.ts";
import { inputsOf } from "./describe/inputs.ts";
import { fileOf, isPatientLevel, publishedTables } from "./describe/published-table.ts";
import type { PublishedTable } from "./describe/published-table.ts";
import { certificateOf } from "./certificate/certificate.ts";
import type { Certificate } from "./certificate/certificate.ts";
import { auditWorld } from "./audit-world.ts";
import { refuseStrayKnown } from "./model/known-quantities.ts";
import { findRepairs } from "./repair/find-repairs.ts";
import { worldsOf } from "./model/world.ts";
import type { WorldParts } from "./model/world.ts";
import type { Watch } from "./watch.ts";
import type { SolveProgram } from "./solve/highs.ts";

/** Steps of search that one question may take. */
export const USUAL_BUDGET = 5000;

/** Problems: those of `publishedTables`; audit-label-unknown, audit-name-unknown. */
export function audit(description: Description, budget = USUAL_BUDGET): AuditResult {
  return auditCertified(description, { budget, certifies: false }).result;
}

export interface How {
  /** Steps of search that one question may take. */
  readonly budget: number;
  readonly certifies: boolean;
  /** Whether repairs are looked for. */
  readonly repairs?: boolean;
  /** Where our own search finds no solution soon; absent = HiGHS. */
  readonly solveProgram?: SolveProgram;
  /** Absent = nobody waits. */
  readonly watch?: Watch;
}

export interface Certified {
  readonly result: AuditResult;
  /** Null where something must not be released. */
  readonly certificate: Certificate | null;
}

/** With a certificate where one is asked for and everything is releasable. Problems: as of `audit`. */
export function auditCertified(description: Description, how: How): Certified {
  const policy = policyOf(description);
  const tables = description.releases.flatMap(publishedTables);
  refuseStrayKnown(description, tables);
  const parts = worldsOf(description, tables);
  const worlds = parts.map((own) => auditWorld(description, own, { policy, ...how }));
  const contradiction = worlds.find((world) => world.contradiction !== null)?.contradiction ?? null;
  const cells = contradiction === null ? worlds.flatMap((world) => world.cells) : [];
  const inputs = inputsOf(description);
  const undecided = cells.filter(({ verdict }) => verdict === "undecided").map(nameOnly);
  const isClean = !cells.some(({ unsafe }) => unsafe) && undecided.length === 0;
  const result: AuditResult = {
    audit: 1,
    releasable: isClean && contradiction === null && !inputs.some((i) => i.patientLevel),
    attacker: policy.attacker,
    policy,
    inputs,
    facts: factsUsed(description, parts),
    contradiction,
    cells: sortedCells(cells),
    proofs: Object.fromEntries(
      contradiction === null
        ? worlds.flatMap(({ proofs }) => proofs.map(({ id, proof }) => [id, proof]))
        : [],
    ),
    undecided,
    repairs: [],
    notModelled: [
      ...withoutRows(description, tables),
      ...new Set(parts.flatMap(({ notLinked }) => notLinked)),
    ],
    spent: {
      components: worlds.reduce((sum, { components }) => sum + components, 0),
      search: worlds.reduce((sum, { searched }) => sum + searched, 0),
    },
  };
  const shown = worlds.map((world) => world.shown);
  const isShown = how.certifies && result.releasable;
  const isStopped = (): boolean => how.watch?.isStopped() === true;
  const isRepaired = how.repairs === true && !isStopped() && !isClean && contradiction === null;
  const audited = worlds.flatMap((world, at) => {
    const own = parts[at];
    return own === undefined ? [] : [[own, world] as const];
  });
  const repairs = isRepaired ? findRepairs(description, audited, { policy, ...how }) : [];
  const whole = { ...result, repairs: isStopped() ? [] : repairs };
  return { result: whole, certificate: isShown ? certificateOf(result, parts, shown) : null };
}

/** Of no date: whether they would have rows of the others' dates is not known. */
function withoutRows(
  { releases }: Description,
  tables: readonly PublishedTable[],
): readonly string[] {
  const seen = new Set(
    tables.map(({ release, measure }) => JSON.stringify([release.name, measure.id])),
  );
  return releases.flatMap(({ name, measures }) =>
    measures
      .filter((own) => !isPatientLevel(own) && !seen.has(JSON.stringify([name, own.id])))
      .map((own) => `${name}/${fileOf(own)} has no rows`),
  );
}

/** Of a cut the first is what is cut. */
function factsUsed(
  { facts, factsFrom = "given", dimensions: given }: Description,
  parts: readonly WorldParts[],
): AuditResult["facts"] {
  const dimensions = new Set(parts.flatMap((world) => world.dimensions));
  const cuts = [...dimensions].map((each) => ({
    ...{ kind: "cuts", columns: [each.name, ...Object.keys(each.columns)] },
    from: given.includes(each) ? "given" : "study",
  }));
  const said = facts.map((fact) => ({
    kind: fact.kind,
    columns: fact.kind === "sum" ? [fact.whole, ...fact.parts] : fact.columns,
    from: factsFrom,
  }));
  const all = [...said, ...cuts].map((each) => [JSON.stringify(each), each] as const);
  return [...new Map(all).values()];
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
