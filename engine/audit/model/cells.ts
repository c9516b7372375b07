/** Cells of one world: a quantity on a date, restricted to values of axes. One variable each, however often printed. */
import type { Axis } from "./columns.ts";
import type { Model } from "./model.ts";

/** Which values of an axis; ascending. */
export interface Part {
  readonly axis: Axis;
  readonly places: readonly number[];
}

/** A quantity on a date. */
export interface Counted {
  readonly quantity: string;
  readonly date: string;
}

export interface Cell extends Counted {
  readonly variable: number;
  /** Sorted by axis; never all values of one. */
  readonly parts: readonly Part[];
}

/** A combination of more cells than this is not laid out. */
export const LARGEST_NODE = 2_000_000;

export class Cells {
  readonly #model: Model;
  readonly #byKey = new Map<string, Cell>();

  constructor(model: Model) {
    this.#model = model;
  }

  get all(): IterableIterator<Cell> {
    return this.#byKey.values();
  }

  at(counted: Counted, parts: readonly Part[]): Cell {
    const kept = normal(parts);
    const key = keyOf(counted, kept);
    const found = this.#byKey.get(key);
    if (found !== undefined) return found;
    const { quantity, date } = counted;
    const cell = { quantity, date, parts: kept, variable: this.#model.add() };
    this.#byKey.set(key, cell);
    return cell;
  }

  find(counted: Counted, parts: readonly Part[]): Cell | undefined {
    return this.#byKey.get(keyOf(counted, normal(parts)));
  }
}

/** All values of an axis are no restriction; two restrictions of one axis are one. */
function normal(parts: readonly Part[]): readonly Part[] {
  const byAxis = new Map<Axis, readonly number[]>();
  for (const { axis, places } of parts) {
    const before = byAxis.get(axis);
    byAxis.set(axis, before === undefined ? places : places.filter((at) => before.includes(at)));
  }
  return [...byAxis]
    .filter(([axis, places]) => places.length < axis.values.length)
    .map(([axis, places]) => ({ axis, places }))
    .sort((a, b) => (a.axis.name < b.axis.name ? -1 : 1));
}

function keyOf({ quantity, date }: Counted, parts: readonly Part[]): string {
  let key = `${quantity}\n${date}`;
  for (const { axis, places } of parts) key += `\n${axis.name}\n${places.join()}`;
  return key;
}

/** Every combination of single values of the axes. */
export function combinations(axes: readonly Axis[]): readonly (readonly Part[])[] {
  return combinationsWithin(axes.map((axis) => ({ axis, places: [...axis.values.keys()] })));
}

/** Every combination of single values within the parts. */
export function combinationsWithin(parts: readonly Part[]): readonly (readonly Part[])[] {
  let all: (readonly Part[])[] = [[]];
  for (const { axis, places } of parts) {
    all = all.flatMap((before) => places.map((at) => [...before, { axis, places: [at] }]));
  }
  return all;
}
