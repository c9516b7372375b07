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

export function sizeOf({ columns }: Layout): number {
  return columns.reduce((size, { values }) => size * values.length, 1);
}

export function areWhole(numbers: Float64Array | undefined, size: number): boolean {
  const isGood = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
  return numbers?.length === size && numbers.every(isGood);
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
export type Margin = readonly (readonly [layout: number, places: Int32Array])[];

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
  return [...margins.values()].map((margin) => [...margin]);
}

export function haveSameSums(margin: Margin, witness: Witness): boolean {
  const [first = new Float64Array(), ...others] = margin.map(([at, places]) => {
    const sums = new Float64Array(1 + places.reduce((most, place) => Math.max(most, place), 0));
    for (const [from, place] of places.entries())
      sums[place] = (sums[place] ?? 0) + (witness[at]?.[from] ?? NaN);
    return sums;
  });
  return others.every((sums) => first.every((sum, at) => sum === sums[at]));
}
