/** Which row is first, last or lowest. Missing sorts before all else. */
import { byCodePoint } from "../../engine/base/value-types.ts";

export type Key = string | number | null;

export function compare(a: Key, b: Key): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  if (typeof a === "number" && typeof b === "number") return a - b;
  return byCodePoint(String(a), String(b));
}

/** By the first key that differs. */
export function compareAll(a: readonly Key[], b: readonly Key[]): number {
  for (let i = 0; i < a.length; i++) {
    const order = compare(a[i] ?? null, b[i] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

export interface Choice<Row> {
  readonly first: boolean;
  readonly at: (row: Row) => Key;
  /** Ascending, whether the first is wanted or the last. */
  readonly ties: (row: Row) => readonly Key[];
}

/** The earliest or the latest row; among those of the same moment the one with the lowest ties. */
export function pick<Row>(rows: readonly Row[], { first, at, ties }: Choice<Row>): Row | null {
  let best: Row | null = null;
  for (const row of rows) {
    if (best === null) {
      best = row;
      continue;
    }
    const order = compare(at(row), at(best));
    const earlier = first ? order < 0 : order > 0;
    if (earlier || (order === 0 && compareAll(ties(row), ties(best)) < 0)) best = row;
  }
  return best;
}

/** The row with the lowest keys. */
export function lowest<Row>(rows: readonly Row[], keys: (row: Row) => readonly Key[]): Row | null {
  return pick(rows, { first: true, at: () => 0, ties: keys });
}

/** The smallest value that is not missing; the largest where `first` is false. */
export function extreme<Value extends string | number>(
  values: readonly (Value | null)[],
  first: boolean,
): Value | null {
  let best: Value | null = null;
  for (const value of values) {
    if (value === null) continue;
    if (best === null) best = value;
    const order = compare(value, best);
    if (first ? order < 0 : order > 0) best = value;
  }
  return best;
}

/** The rows that share the latest moment. */
export function latest<Row>(rows: readonly Row[], at: (row: Row) => string | null): readonly Row[] {
  const last = extreme(rows.map(at), false);
  return rows.filter((row) => at(row) === last);
}
