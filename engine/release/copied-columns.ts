/** Columns that are copied from a table of patients: the same values, in any order. */
import type { TextColumn } from "./text-column.ts";

/** One value for all, or two, is no sign. */
const FEWEST_VALUES = 3;
/** With odd rows, such as a total, more must be alike for it to be no chance. */
const FEWEST_VALUES_WITH_ODD = 10;
const FEWEST_ROWS = 10;
/** Rows that may be there besides, or be missing: of all, and in any case. */
export const ODD_SHARE = 0.02;
const ODD_ROWS = 3;

interface Candidate {
  readonly column: TextColumn;
  readonly counts: ReadonlyMap<string, number>;
}

/** Hears the rows of one table of patients. */
export interface TakenRows {
  readonly take: (cells: readonly string[]) => void;
  readonly end: () => void;
}

export class CopiedColumns {
  readonly #candidates: readonly Candidate[];
  readonly #copied = new Set<TextColumn>();
  /** Longer tables have no copy among the columns. */
  readonly #longest: number;

  constructor(columns: readonly TextColumn[]) {
    this.#candidates = columns
      .filter(({ values }) => values.length >= FEWEST_ROWS)
      .map((column) => ({ column, counts: countsOf(column.values) }))
      .filter(({ counts }) => counts.size >= FEWEST_VALUES);
    const rows = this.#candidates.map(({ column }) => column.values.length);
    this.#longest = rows.reduce((most, each) => Math.max(most, each + oddRows(each)), 0);
  }

  open(): TakenRows {
    let held: (readonly string[])[] | null = [];
    return {
      take: (cells) => {
        held?.push(cells);
        if (held !== null && held.length > this.#longest) held = null;
      },
      end: () => {
        if (held !== null) this.#compare(held);
        held = null;
      },
    };
  }

  isCopied(column: TextColumn): boolean {
    return this.#copied.has(column);
  }

  #compare(rows: readonly (readonly string[])[]): void {
    const alike = this.#candidates.filter(({ column }) =>
      isAbout(column.values.length, rows.length),
    );
    if (alike.length === 0) return;
    const theirs = (rows[0] ?? []).map((_, i) => countsOf(rows.map((row) => row[i] ?? "")));
    for (const { column, counts } of alike) {
      if (theirs.some((each) => isCopy(counts, each))) this.#copied.add(column);
    }
  }
}

function isAbout(rows: number, patients: number): boolean {
  return Math.abs(rows - patients) <= oddRows(patients);
}

function oddRows(rows: number): number {
  return Math.max(ODD_ROWS, Math.floor(rows * ODD_SHARE));
}

function isCopy(mine: ReadonlyMap<string, number>, theirs: ReadonlyMap<string, number>): boolean {
  const odd = Math.max(rowsBeyond(mine, theirs), rowsBeyond(theirs, mine));
  if (odd === 0) return true;
  const rows = [...theirs.values()].reduce((sum, count) => sum + count, 0);
  return mine.size >= FEWEST_VALUES_WITH_ODD && odd <= oddRows(rows);
}

function rowsBeyond(
  some: ReadonlyMap<string, number>,
  others: ReadonlyMap<string, number>,
): number {
  let beyond = 0;
  for (const [value, count] of some) beyond += Math.max(0, count - (others.get(value) ?? 0));
  return beyond;
}

function countsOf(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) {
    const known = sameValue(value);
    counts.set(known, (counts.get(known) ?? 0) + 1);
  }
  return counts;
}

/** 17, 17.0 and " 17 " are one. */
function sameValue(text: string): string {
  const trimmed = text.trim();
  const number = Number(trimmed);
  return trimmed !== "" && Number.isFinite(number) ? String(number) : trimmed;
}
