/** Numbers of a quantity on a date, laid out by every combination of values. */

/** The values of the last column change fastest. */
export interface Layout {
  readonly quantity: string;
  readonly date: string;
  readonly columns: readonly { readonly name: string; readonly values: readonly string[] }[];
}

export const NOTHING: Layout = { quantity: "", date: "", columns: [] };

/** True numbers of each layout. */
export type Witness = readonly Float64Array[];

/** Numbers of a layout that are added up, or taken off. */
export interface Term {
  readonly layout: number;
  readonly places: readonly number[];
  readonly isLess: boolean;
}

export function sizeOf({ columns }: Layout): number {
  return columns.reduce((size, { values }) => size * values.length, 1);
}

export function areWhole(numbers: Float64Array | undefined, size: number): boolean {
  if (numbers?.length !== size) return false;
  for (const value of numbers) if (!(Number.isSafeInteger(value) && value >= 0)) return false;
  return true;
}

/** Of each place of the layout, which sum it goes into when only these columns are kept. */
export function sumPlaces(layout: Layout, kept: ReadonlySet<string>): Int32Array {
  let codes = new Int32Array(1);
  for (const { name, values } of layout.columns) {
    const factor = kept.has(name) ? values.length : 1;
    const next = new Int32Array(codes.length * values.length);
    for (let at = 0; at < next.length; at++) {
      const value = kept.has(name) ? at % values.length : 0;
      next[at] = (codes[Math.floor(at / values.length)] ?? 0) * factor + value;
    }
    codes = next;
  }
  return codes;
}

/** Quantities of the same groups on the same date have the same text. */
export function besideKey({ date, columns }: Pick<Layout, "date" | "columns">): string {
  return `${date}\n${columns.map(({ name }) => name).join("\n")}`;
}

/** Layouts, each with the sum that each of its places goes into. */
export interface Margin {
  readonly layouts: readonly (readonly [layout: number, places: Int32Array])[];
  /** How many sums there are. */
  readonly size: number;
}

/** For all columns that two layouts of a quantity share: whose sums over the others are the same numbers. */
export function marginsOf(layouts: readonly Layout[]): readonly Margin[] {
  const margins = new Map<string, Map<number, Int32Array>>();
  for (const [a, left] of layouts.entries()) {
    for (const [b, right] of layouts.entries()) {
      if (b <= a || left.quantity !== right.quantity || left.date !== right.date) continue;
      const names = new Set(right.columns.map(({ name }) => name));
      const shared = left.columns.filter(({ name }) => names.has(name));
      const key = JSON.stringify([left.quantity, left.date, shared.map(({ name }) => name)]);
      const margin = margins.get(key) ?? new Map<number, Int32Array>();
      margins.set(key, margin);
      const kept = new Set(shared.map(({ name }) => name));
      for (const at of [a, b])
        if (!margin.has(at)) margin.set(at, sumPlaces(layouts[at] ?? left, kept));
    }
  }
  return [...margins.values()].map((margin) => {
    const [first = new Int32Array()] = margin.values();
    return { layouts: [...margin], size: 1 + first.reduce((most, at) => Math.max(most, at), 0) };
  });
}

export function haveSameSums({ layouts, size }: Margin, witness: Witness): boolean {
  const [first = new Float64Array(), ...others] = layouts.map(([at, places]) => {
    const sums = new Float64Array(size);
    const numbers = witness[at] ?? new Float64Array();
    for (let from = 0; from < places.length; from++) {
      const place = places[from] ?? 0;
      sums[place] = (sums[place] ?? 0) + (numbers[from] ?? NaN);
    }
    return sums;
  });
  return others.every((sums) => first.every((sum, at) => sum === sums[at]));
}

/** Of each row the sum of its places. */
export function addedUp(
  rows: readonly (readonly number[])[],
  numbers: Float64Array | undefined,
): Float64Array {
  const single = singlePlaces(rows);
  const sums = new Float64Array(rows.length);
  if (single === null)
    for (const [row, places] of rows.entries())
      for (const place of places) sums[row] = (sums[row] ?? 0) + (numbers?.[place] ?? NaN);
  else for (let row = 0; row < single.length; row++) sums[row] = numbers?.[single[row] ?? 0] ?? NaN;
  return sums;
}

const known = new WeakMap<readonly (readonly number[])[], Int32Array | null>();

/** Null where some row adds up several places. */
function singlePlaces(rows: readonly (readonly number[])[]): Int32Array | null {
  const found = known.get(rows);
  if (found !== undefined) return found;
  const isSingle = rows.every((places) => places.length === 1);
  const single = isSingle ? Int32Array.from(rows, ([place = 0]) => place) : null;
  known.set(rows, single);
  return single;
}

export function sumOf(numbers: Float64Array): number {
  let all = 0;
  for (const each of numbers) all += each;
  return all;
}
