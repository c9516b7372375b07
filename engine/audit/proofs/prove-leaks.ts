/** How what can be worked out is worked out: from the fewest tables that do, by the weakest who can. */
import type { AuditedCell, AuditProof } from "../audit-result.ts";
import { cellKey } from "../describe/cell-name.ts";
import type { Attacker } from "../describe/description.ts";
import type { PublishedTable } from "../describe/published-table.ts";
import type { World } from "../model/world.ts";
import { opened } from "../settle-world.ts";
import type { Asked } from "../settle-world.ts";
import { isLeakIn } from "./leaks-from.ts";
import { proofOf } from "./proof-words.ts";
import type { Told } from "./proof-words.ts";

export interface NamedProof {
  readonly id: string;
  readonly proof: AuditProof;
  /** The fewest that tell it. */
  readonly tables: readonly PublishedTable[];
}

interface Proven {
  readonly cells: readonly AuditedCell[];
  readonly proofs: readonly NamedProof[];
}

/** Cells of one table that can be worked out alike have one proof, where it proves them all. */
export function provenAll(world: World, cells: readonly AuditedCell[], asked: Asked): Proven {
  const leaks = cells.filter(({ unsafe }) => unsafe);
  if (leaks.length === 0) return { cells, proofs: [] };
  const found = new Map<AuditedCell, { readonly id: string; readonly attacker: Attacker }>();
  const proofs: NamedProof[] = [];
  for (const leak of leaks) {
    if (found.has(leak)) continue;
    const alike = leaks.filter((other) => !found.has(other) && isAlike(leak, other));
    const proving = proveOne(world, leak, asked);
    const [name] = leak.figures;
    const id = name ?? cellKey(leak);
    proofs.push({ id, proof: proofOf(leak, proving), tables: proving.tables });
    const shown = alike.filter((other) => other === leak || proving.proves(other));
    for (const other of shown) found.set(other, { id, attacker: proving.attacker });
  }
  const told = cells.map((cell) => {
    const own = found.get(cell);
    return own === undefined ? cell : { ...cell, attacker: own.attacker, proof: own.id };
  });
  return { cells: told, proofs };
}

function isAlike(a: AuditedCell, b: AuditedCell): boolean {
  const tableOf = ({ figures: [first = ""] }: AuditedCell): string => first.replace(/:\d+:/, "::");
  const isSame = a.of === b.of && a.date === b.date && a.quantity === b.quantity;
  return isSame && a.min === b.min && a.max === b.max && tableOf(a) === tableOf(b);
}

interface Proving extends Told {
  readonly attacker: Attacker;
  readonly proves: (cell: AuditedCell) => boolean;
}

function proveOne(world: World, leak: AuditedCell, asked: Asked): Proving {
  const leaks = leaksOf(world, asked);
  const isEnough = (tables: readonly PublishedTable[]): boolean => leaks(tables, "rules", leak);
  const related = relatedTables(world, leak);
  let tables = isEnough(related) ? related : world.tables;
  // Long tables are left out first: a total says the same in fewer figures.
  for (const table of [...tables].sort((a, b) => b.rows.length - a.rows.length)) {
    const fewer = tables.filter((each) => each !== table);
    if (fewer.length > 0 && isEnough(fewer)) tables = fewer;
  }
  const own = tables;
  const attacker = leaks(own, "sums", leak) ? "sums" : "rules";
  const { solver, targets } = opened(
    world.description,
    { ...world, tables: own },
    asked.policy,
    false,
  );
  const variable = targets.find(({ name }) => cellKey(name) === cellKey(leak))?.variable ?? -1;
  const width = (solver.bounds.hi[variable] ?? Infinity) - (solver.bounds.lo[variable] ?? 0);
  return {
    ...{ tables: own, attacker },
    isDirect: width + 1 < asked.policy.minValues,
    usesFacts: world.description.facts.length > 0 || world.known.length > 0,
    proves: (cell) => leaks(own, "rules", cell),
  };
}

/** Tables that show what the cell counts, or what facts relate to it. */
export function relatedTables(
  { tables, description }: Pick<World, "tables" | "description">,
  { quantity, without }: AuditedCell,
): readonly PublishedTable[] {
  const names = new Set([quantity, ...(without === undefined ? [] : [without])]);
  for (const fact of description.facts) {
    const own = fact.kind === "sum" ? [fact.whole, ...fact.parts] : fact.columns;
    if (own.some((name) => names.has(name))) for (const name of own) names.add(name);
  }
  return tables.filter(({ columns }) => columns.some(({ name }) => names.has(name)));
}

type Leaks = (tables: readonly PublishedTable[], attacker: Attacker, cell: AuditedCell) => boolean;

/** Whether a cell can be worked out from some tables only. Worlds once opened are kept. */
function leaksOf(world: World, asked: Asked): Leaks {
  const { policy } = asked;
  const kept = new Map<string, ReturnType<typeof opened>>();
  return (tables, attacker, cell) => {
    const key = `${attacker} ${tables.map((table) => world.tables.indexOf(table)).join()}`;
    const own = { ...policy, attacker };
    const open = kept.get(key) ?? opened(world.description, { ...world, tables }, own, false);
    if (kept.size < 4) kept.set(key, open);
    return isLeakIn(open, cell, { ...asked, policy: own });
  };
}
