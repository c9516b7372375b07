/**
 * Which tables to leave out so that nothing can be worked out, in the fewest files: each proof needs all of its tables,
 * so that one of them must go, and the fewest files that have one of each proof found so far are audited without them.
 */
import { auditWorld } from "../audit-world.ts";
import type { AuditedWorld } from "../audit-world.ts";
import type { PublishedTable } from "../describe/published-table.ts";
import { worldsOf } from "../model/world.ts";
import type { WorldParts } from "../model/world.ts";
import { relatedTables } from "../proofs/prove-leaks.ts";
import { bitsOf } from "./candidates.ts";
import { cheapestHittingSet } from "./hitting-set.ts";
import { safeCells } from "./repair-world.ts";
import type { Repairing } from "./repair-world.ts";

/** Choices that are audited before it is said that there are none. */
const MOST_ROUNDS = 60;

/** One world with what was tried in it. */
interface Trying {
  readonly parts: WorldParts;
  /** Of each leak found so far, tables of which one must go. */
  readonly sets: (readonly TableItem[])[];
  /** By the tables that were left out. */
  readonly audits: Map<string, AuditedWorld>;
  /** In the world as it was. */
  readonly stillSafe: ReadonlySet<string>;
  dropped: readonly TableItem[];
}

/** One date of a file. */
interface TableItem {
  readonly table: PublishedTable;
  readonly file: FileItem;
  readonly cost: number;
}

/** A file of all dates. */
interface FileItem {
  cost: number;
}

/** Null where no table of the last release helps. */
export function fewestFiles(
  worlds: readonly (readonly [WorldParts, AuditedWorld])[],
  repairing: Repairing,
): readonly PublishedTable[] | null {
  const items = tableItems(worlds, repairing.release);
  const all = worlds.map(([parts, audited]): Trying => {
    const stillSafe = safeCells(audited);
    return { parts, stillSafe, sets: [], audits: new Map([["", audited]]), dropped: [] };
  });
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (repairing.asked.watch?.isStopped() === true) return null;
    const open = all.map((each) => openSets(audited(each, repairing), each, { items, repairing }));
    if (open.every((sets) => sets.length === 0))
      return all.flatMap(({ dropped }) => dropped.map(({ table }) => table));
    if (open.some((sets) => sets.some((set) => set.length === 0))) return null;
    for (const [at, sets] of open.entries()) all[at]?.sets.push(...sets);
    const sets = all.flatMap((each) => each.sets);
    const { asked } = repairing;
    const filesOf = sets.map((set) => [...new Set(set.map(fileOf))]);
    const files = new Set(cheapestHittingSet(filesOf, asked));
    for (const each of all)
      each.dropped = cheapestHittingSet(
        each.sets.map((set) => set.filter(({ file }) => files.has(file))),
        asked,
      );
  }
  return null;
}

const fileOf = ({ file }: TableItem): FileItem => file;

/** Of two choices with as many files the one that loses less. */
function tableItems(
  worlds: readonly (readonly [WorldParts, AuditedWorld])[],
  release: string,
): ReadonlyMap<PublishedTable, TableItem> {
  const files = new Map<string, FileItem>();
  const tables = worlds.flatMap(([parts]) => parts.tables);
  const own = tables.filter((table) => table.release.name === release && table.measure.rule.isOurs);
  return new Map(
    own.map((table) => {
      const cost = bitsOf(table);
      const file = files.get(table.measure.id) ?? { cost: 1 };
      files.set(table.measure.id, file);
      file.cost += cost * 1e-9;
      return [table, { table, file, cost }];
    }),
  );
}

const NOTHING_LEFT: AuditedWorld = {
  ...{ cells: [], contradiction: null, proofs: [], shown: null, searched: 0, components: 0 },
};

function audited(
  { parts, audits, dropped, stillSafe }: Trying,
  repairing: Repairing,
): AuditedWorld {
  const gone = new Set(dropped.map(({ table }) => table));
  const key = parts.tables.flatMap((table, at) => (gone.has(table) ? [at] : [])).join();
  const known = audits.get(key);
  if (known !== undefined) return known;
  const tables = parts.tables.filter((table) => !gone.has(table));
  const { description, asked } = repairing;
  // Which columns are linked is told by the tables that are left.
  const [left] = worldsOf(description, tables);
  const found =
    left === undefined ? NOTHING_LEFT : auditWorld(description, left, { ...asked, stillSafe });
  audits.set(key, found);
  return found;
}

/** Of each leak that is left, and of what stays open, tables of which one must go. */
function openSets(
  { cells, proofs, contradiction: contradicting }: AuditedWorld,
  { parts }: Trying,
  {
    items,
    repairing,
  }: { readonly items: ReadonlyMap<PublishedTable, TableItem>; readonly repairing: Repairing },
): readonly (readonly TableItem[])[] {
  if (contradicting !== null) return [[]];
  const itemsOf = (tables: readonly PublishedTable[]): readonly TableItem[] =>
    tables.flatMap((table) => items.get(table) ?? []);
  const leaks = proofs.map(({ tables }) => itemsOf(tables));
  if (leaks.length > 0) return leaks;
  const open = cells.find(({ verdict }) => verdict === "undecided");
  if (open === undefined) return [];
  const { description } = repairing;
  return [itemsOf(relatedTables({ ...parts, description }, open))];
}
