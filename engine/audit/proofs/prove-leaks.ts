/** How what can be worked out is worked out: from the fewest tables that do, by the weakest who can. */
import type { AuditedCell } from "../audit-result.ts";
import { cellKey } from "../describe/cell-name.ts";
import type { Attacker, Description, Policy } from "../describe/description.ts";
import type { Opened } from "../judge-cells.ts";
import type { PublishedTable } from "../describe/published-table.ts";
import type { World, WorldShape } from "../model/world.ts";
import { opened } from "../settle-world.ts";
import type { Asked } from "../settle-world.ts";
import { bareTables } from "./bare-tables.ts";
import { leaksIn } from "./leaks-from.ts";
import { proofOf } from "./proof-words.ts";
import type { NamedProof, Told } from "./proof-words.ts";
import { shownLeaks } from "./shown-leaks.ts";

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
  for (const { proof, cells: shown } of shownLeaks(world.tables, leaks)) {
    proofs.push(proof);
    for (const cell of shown) found.set(cell, { id: proof.id, attacker: "sums" });
  }
  const unit = { unit: "numbers", total: leaks.length - found.size };
  const progress = asked.watch?.progress({ label: "Proving what can be worked out", ...unit });
  for (const leak of leaks) {
    if (found.has(leak)) continue;
    const alike = leaks.filter((other) => !found.has(other) && isAlike(leak, other));
    const proving = proveOne(world, leak, asked);
    // What a question without an answer leaves is no proof.
    if (asked.watch?.isStopped() === true) break;
    const [name] = leak.figures;
    const id = name ?? cellKey(leak);
    const { attacker, tables, isBare } = proving;
    proofs.push({ id, proof: proofOf(leak, proving), tables, isBare });
    const proved = [leak, ...proving.proves(alike)];
    for (const other of proved) found.set(other, { id, attacker });
    progress?.advance(proved.length);
  }
  progress?.end();
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
  readonly isBare: boolean;
  /** Those of the cells that the same tables tell. */
  readonly proves: (cells: readonly AuditedCell[]) => readonly AuditedCell[];
}

function proveOne(world: World, leak: AuditedCell, asked: Asked): Proving {
  const related = relatedTables(world, leak);
  const bare = bareTables(related, namesRelated(world.description, leak));
  const alone = new Worlds(world, asked, "alone", leak);
  const short = likelyTables([...bare.keys()], leak);
  const isShort = short !== null && alone.isEnough(short);
  const isBare = isShort || alone.isEnough([...bare.keys()]);
  const worlds = isBare ? alone : new Worlds(world, asked, "linked", leak);
  let tables = isBare ? [...bare.keys()] : worlds.isEnough(related) ? related : world.tables;
  if (isShort) tables = short;
  for (const table of longestFirst(tables)) {
    const fewer = tables.filter((each) => each !== table);
    if (fewer.length > 0 && worlds.isEnough(fewer)) tables = fewer;
  }
  const own = tables;
  return {
    tables: own.map((table) => bare.get(table) ?? table),
    ...{ isBare, isDirect: worlds.isDirect(own) },
    attacker: worlds.leaks(own, "sums", [leak]).length > 0 ? "sums" : "rules",
    usesFacts: world.description.facts.length > 0 || world.known.length > 0,
    proves: (cells) => worlds.leaks(own, "rules", cells),
  };
}

/** Long tables are left out first: a total says the same in fewer figures. */
function longestFirst(tables: readonly PublishedTable[]): readonly PublishedTable[] {
  return [...tables].sort((a, b) => b.rows.length - a.rows.length);
}

/**
 * The one table that prints the cell, and the shortest one. If these tell it, leaving out the others one by one would
 * end with them: what fewer tables tell, more tell too. Null where several print it.
 */
function likelyTables(
  tables: readonly PublishedTable[],
  leak: AuditedCell,
): readonly PublishedTable[] | null {
  const [printing, ...more] = tables.filter((table) => prints(table, leak));
  const shortest = longestFirst(tables).at(-1);
  if (printing === undefined || more.length > 0 || leak.of !== "cell") return null;
  return tables.filter((table) => table === printing || table === shortest);
}

function prints({ release, file, date }: PublishedTable, leak: AuditedCell): boolean {
  const start = `${release.name}/${file}:`;
  return date === leak.date && leak.figures.some((figure) => figure.startsWith(start));
}

/** Tables that show what the cell counts, or what facts relate to it. */
export function relatedTables(
  { tables, description }: Pick<World, "tables" | "description">,
  leak: AuditedCell,
): readonly PublishedTable[] {
  const names = namesRelated(description, leak);
  return tables.filter(({ columns }) => columns.some(({ name }) => names.has(name)));
}

/** What the cell counts, and what facts relate to it. */
export function namesRelated(
  { facts }: Description,
  { quantity, without }: { readonly quantity: string; readonly without?: string | undefined },
): ReadonlySet<string> {
  const names = new Set([quantity, ...(without === undefined ? [] : [without])]);
  for (const fact of facts) {
    const own = fact.kind === "sum" ? [fact.whole, ...fact.parts] : fact.columns;
    if (own.some((name) => names.has(name))) for (const name of own) names.add(name);
  }
  return names;
}

interface Kept extends Opened {
  /** Whether bounds alone tell, without looking at cases. */
  readonly isDirect: boolean;
}

/** Worlds of some of the tables, of which the last ones are kept. */
class Worlds {
  readonly #leak: AuditedCell;
  readonly #world: World;
  readonly #asked: Asked;
  readonly #shape: WorldShape;
  readonly #kept = new Map<string, Kept>();
  readonly #numbers = new Map<PublishedTable, number>();

  constructor(world: World, asked: Asked, shape: WorldShape, leak: AuditedCell) {
    this.#leak = leak;
    this.#shape = shape;
    this.#world = world;
    this.#asked = asked;
  }

  /** Those of the cells that can be worked out from these tables only. */
  leaks(
    tables: readonly PublishedTable[],
    attacker: Attacker,
    cells: readonly AuditedCell[],
  ): readonly AuditedCell[] {
    const policy = { ...this.#asked.policy, attacker };
    return leaksIn(this.#opened(tables, policy), cells, { ...this.#asked, policy });
  }

  /** Where nobody prints the cell, nobody asks for it. */
  isEnough(tables: readonly PublishedTable[]): boolean {
    const leak = this.#leak;
    const isAsked = leak.of !== "cell" || tables.some((table) => prints(table, leak));
    return isAsked && this.leaks(tables, "rules", [leak]).length > 0;
  }

  isDirect(tables: readonly PublishedTable[]): boolean {
    return this.#opened(tables, this.#asked.policy).isDirect;
  }

  #opened(tables: readonly PublishedTable[], policy: Policy): Kept {
    const key = `${policy.attacker} ${tables.map((table) => this.#numberOf(table)).join()}`;
    const found = this.#kept.get(key);
    if (found !== undefined) return found;
    const { description, ...parts } = this.#world;
    const open = opened(description, { ...parts, tables }, policy, this.#shape);
    const name = cellKey(this.#leak);
    const variable = open.targets.find((target) => cellKey(target.name) === name)?.variable ?? -1;
    const { lo, hi } = open.solver.bounds;
    const isDirect = (hi[variable] ?? Infinity) - (lo[variable] ?? 0) + 1 < policy.minValues;
    if (this.#kept.size >= 4) this.#kept.clear();
    const kept = { ...open, isDirect };
    this.#kept.set(key, kept);
    return kept;
  }

  #numberOf(table: PublishedTable): number {
    const found = this.#numbers.get(table) ?? this.#numbers.size;
    this.#numbers.set(table, found);
    return found;
  }
}
