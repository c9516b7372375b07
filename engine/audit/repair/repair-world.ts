/**
 * What to withhold so that nothing can be worked out, at the least cost: each leak that is found gives a set of cells
 * of which one must go, and the cheapest choice from all sets found so far is audited until it leaks no more.
 */
import type { AuditedCell } from "../audit-result.ts";
import { auditWorld } from "../audit-world.ts";
import type { AuditedWorld } from "../audit-world.ts";
import { cellKey } from "../describe/cell-name.ts";
import type { Description } from "../describe/description.ts";
import { figureName } from "../describe/figure-name.ts";
import type { PublishedTable } from "../describe/published-table.ts";
import type { WorldParts } from "../model/world.ts";
import { leaksFrom } from "../proofs/leaks-from.ts";
import { bareTables } from "../proofs/bare-tables.ts";
import { namesRelated } from "../proofs/prove-leaks.ts";
import type { NamedProof } from "../proofs/proof-words.ts";
import { opened } from "../settle-world.ts";
import type { Asked } from "../settle-world.ts";
import { candidatesOf } from "./candidates.ts";
import type { Candidate } from "./candidates.ts";
import { cheapestHittingSet } from "./hitting-set.ts";
import { withheldTables } from "./withheld-tables.ts";

export interface Repairing {
  readonly description: Description;
  readonly asked: Asked;
  /** Whose figures can still be withheld. */
  readonly release: string;
}

/** Choices that are audited before it is said that there is no repair. */
const MOST_ROUNDS = 60;

/** Of a world that was audited. Nothing where nothing need be; null where nothing that can be withheld helps. */
export function repairWorld(
  parts: WorldParts,
  audited: AuditedWorld,
  { description, asked, release }: Repairing,
): readonly Candidate[] | null {
  if (areAllSettled(audited)) return [];
  const { figures, world } = opened(description, parts, asked.policy, "linked");
  const again = { ...asked, stillSafe: safeCells(audited) };
  const candidates = candidatesOf(figures, world.model.size, release);
  const sets: (readonly Candidate[])[] = [];
  let [withheld, found]: [readonly Candidate[], AuditedWorld] = [[], audited];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (asked.watch?.isStopped() === true) return null;
    const trial = new Trial({ parts, description, asked: again, candidates, withheld });
    const open = trial.newSets(found);
    if (open.length === 0) return withheld;
    if (open.some((set) => set.length === 0)) return null;
    sets.push(...open);
    withheld = cheapestHittingSet(sets, asked);
    found = new Trial({ parts, description, asked: again, candidates, withheld }).audited();
  }
  return null;
}

function areAllSettled({ cells, contradiction }: AuditedWorld): boolean {
  return (
    contradiction === null &&
    !cells.some(({ unsafe, verdict }) => unsafe || verdict === "undecided")
  );
}

/**
 * Of a cell that is safe the witnesses print as the files do. With figures withheld, tables dropped or what is shown
 * rounded they do so again: these cells need no second audit.
 */
export function safeCells({ cells }: AuditedWorld): ReadonlySet<string> {
  return new Set(cells.filter(({ verdict }) => verdict === "safe").map(cellKey));
}

interface Trying extends Omit<Repairing, "release"> {
  readonly parts: WorldParts;
  readonly candidates: readonly Candidate[];
  readonly withheld: readonly Candidate[];
}

class Trial {
  readonly #trying: Trying;
  readonly #tables: ReadonlyMap<PublishedTable, PublishedTable>;

  constructor(trying: Trying) {
    this.#trying = trying;
    const { tables } = trying.parts;
    const trial = this.#without(tables, trying.withheld);
    this.#tables = new Map(trial.map((table, at) => [table, tables[at] ?? table]));
  }

  audited(): AuditedWorld {
    const { description, parts, asked } = this.#trying;
    return auditWorld(description, { ...parts, tables: [...this.#tables.keys()] }, asked);
  }

  /** Of each leak that is left, and of what stays open, cells of which one must be withheld. */
  newSets(audited: AuditedWorld): readonly (readonly Candidate[])[] {
    if (audited.contradiction !== null) return [[]];
    const leaks = audited.proofs.flatMap((proof) =>
      proof.proof.kind === "shown"
        ? this.#shownBy(proof, audited.cells)
        : [this.#supportOf(proof, audited.cells)],
    );
    if (leaks.length > 0) return leaks;
    const open = audited.cells.find(({ verdict }) => verdict === "undecided");
    return open === undefined ? [] : [this.#around(open)];
  }

  /** Of each cell that stands in a file itself. */
  #shownBy({ id }: NamedProof, cells: readonly AuditedCell[]): readonly (readonly Candidate[])[] {
    const own = this.#openCandidates(this.#trying.parts.tables);
    const byFigure = new Map(
      own.flatMap((each) =>
        each.spots.map(({ table, column, at }) => [figureName(table, column, at), each] as const),
      ),
    );
    return cells
      .filter(({ proof }) => proof === id)
      .map(({ figures }) => [...new Set(figures.flatMap((figure) => byFigure.get(figure) ?? []))]);
  }

  /** The fewest figures that tell it: without all others it still leaks, and without one of these it does not. */
  #supportOf(
    { id, tables, isBare }: NamedProof,
    cells: readonly AuditedCell[],
  ): readonly Candidate[] {
    const { parts, description, asked } = this.#trying;
    const leak = cells.find(({ proof }) => proof === id);
    if (leak === undefined) return [];
    const originals = tables.map((table) => this.#tables.get(table) ?? table);
    const names = namesRelated(description, leak);
    const shape = isBare ? "alone" : "linked";
    const isTold = (dropped: readonly Candidate[]): boolean => {
      const left = this.#without(originals, dropped);
      const own = isBare ? [...bareTables(left, names).keys()] : left;
      return leaksFrom({ ...parts, description, tables: own }, leak, { ...asked, shape });
    };
    const all = this.#openCandidates(originals).filter(
      ({ spots }) => !isBare || spots.some(({ column }) => names.has(column)),
    );
    const dropped: Candidate[] = [...this.#trying.withheld];
    const needed: Candidate[] = [];
    const reduce = (some: readonly Candidate[]): void => {
      if (some.length === 0) return;
      if (isTold([...dropped, ...some])) dropped.push(...some);
      else if (some.length === 1) needed.push(...some);
      else {
        const half = some.length >> 1;
        reduce(some.slice(0, half));
        reduce(some.slice(half));
      }
    };
    // Zeros seldom tell anything.
    reduce(all.filter(({ cost }) => cost === 0));
    reduce(all.filter(({ cost }) => cost > 0));
    return needed;
  }

  /** All that shows what an open cell counts. */
  #around({ quantity, date }: AuditedCell): readonly Candidate[] {
    const isNear = ({ spots: [first] }: Candidate): boolean =>
      first?.column === quantity && first.table.date === date;
    return this.#openCandidates(this.#trying.parts.tables).filter(isNear);
  }

  #openCandidates(tables: readonly PublishedTable[]): readonly Candidate[] {
    const { candidates, withheld } = this.#trying;
    const own = new Set(tables);
    return candidates.filter(
      (each) => !withheld.includes(each) && each.spots.some(({ table }) => own.has(table)),
    );
  }

  #without(
    tables: readonly PublishedTable[],
    withheld: readonly Candidate[],
  ): readonly PublishedTable[] {
    return withheldTables(
      tables,
      withheld.flatMap(({ spots }) => spots),
    );
  }
}
