/** Cells of one world: a quantity on a date, restricted to values of axes. One variable each, however often printed. */
import type { Axis } from "./columns.ts";
import type { Model } from "./model.ts";
import { nodeKey } from "./nodes.ts";
import type { Node } from "./nodes.ts";

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

/** All combinations of the values of a node, the last axis changing fastest: variables one after the other. */
export interface Layout extends Counted {
  readonly node: Node;
  readonly first: number;
  readonly size: number;
}

/** A combination of more cells than this is not laid out. */
export const LARGEST_NODE = 2_000_000;

export class Cells {
  readonly layouts: Layout[] = [];
  /** Those that are in no layout: of several values of an axis, mostly. */
  readonly others: Cell[] = [];
  readonly #model: Model;
  readonly #layouts = new Map<string, Layout>();
  readonly #byKey = new Map<string, Cell>();
  #last: Layout | null = null;

  constructor(model: Model) {
    this.#model = model;
  }

  layOut({ quantity, date }: Counted, node: Node): void {
    const size = node.reduce((product, { values }) => product * values.length, 1);
    const layout = { quantity, date, node, first: this.#model.addMany(size), size };
    this.layouts.push(layout);
    this.#layouts.set(layoutKey(layout, node), layout);
  }

  layout(counted: Counted, node: Node): Layout | undefined {
    return this.#layouts.get(layoutKey(counted, node));
  }

  at(counted: Counted, parts: readonly Part[]): Cell {
    const found = this.find(counted, parts);
    if (found !== undefined) return found;
    const kept = normal(parts);
    const { quantity, date } = counted;
    const cell = { quantity, date, parts: kept, variable: this.#model.addMany(1) };
    this.#byKey.set(keyOf(counted, kept), cell);
    this.others.push(cell);
    return cell;
  }

  /** Only the variable of `at`. */
  variable(counted: Counted, parts: readonly Part[]): number {
    const [only] = parts;
    const isPlain =
      only !== undefined &&
      parts.length === 1 &&
      only.places.length === 1 &&
      only.axis.values.length > 1;
    const layout = isPlain ? this.#layoutWith(counted, parts) : undefined;
    if (layout === undefined) return this.at(counted, parts).variable;
    return layout.first + (only?.places[0] ?? 0);
  }

  find(counted: Counted, parts: readonly Part[]): Cell | undefined {
    const kept = normal(parts);
    const isLaidOut = kept.every(({ places }) => places.length === 1);
    const layout = isLaidOut ? this.#layoutWith(counted, kept) : undefined;
    if (layout === undefined) return this.#byKey.get(keyOf(counted, kept));
    let at = 0;
    for (const { axis, places } of kept) at = at * axis.values.length + (places[0] ?? 0);
    const { quantity, date } = counted;
    return { quantity, date, parts: kept, variable: layout.first + at };
  }

  /** Row after row asks for the same one. */
  #layoutWith(counted: Counted, parts: readonly Part[]): Layout | undefined {
    const last = this.#last;
    const isLast =
      last?.quantity === counted.quantity &&
      last.date === counted.date &&
      last.node.length === parts.length &&
      parts.every(({ axis }, at) => axis === last.node[at]);
    if (isLast) return last;
    const found = this.layout(
      counted,
      parts.map(({ axis }) => axis),
    );
    if (found !== undefined) this.#last = found;
    return found;
  }
}

/** The single value of each axis at a place of the layout. */
export function partsAt({ node }: Layout, index: number): readonly Part[] {
  let rest = index;
  const parts: Part[] = [];
  for (const axis of node.toReversed()) {
    parts.push({ axis, places: [rest % axis.values.length] });
    rest = Math.floor(rest / axis.values.length);
  }
  return parts.reverse();
}

const keys = new WeakMap<Node, string>();

function layoutKey({ quantity, date }: Counted, node: Node): string {
  let key = keys.get(node);
  if (key === undefined) keys.set(node, (key = nodeKey(node)));
  return `${quantity}\n${date}\n${key}`;
}

/** All values of an axis are no restriction; two restrictions of one axis are one. */
function normal(parts: readonly Part[]): readonly Part[] {
  const [only] = parts;
  if (only !== undefined && parts.length === 1)
    return only.places.length < only.axis.values.length ? parts : [];
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

/** Every combination of single values within the parts. */
export function combinationsWithin(parts: readonly Part[]): readonly (readonly Part[])[] {
  let all: (readonly Part[])[] = [[]];
  for (const { axis, places } of parts) {
    all = all.flatMap((before) => places.map((at) => [...before, { axis, places: [at] }]));
  }
  return all;
}

/** Where a variable is. */
export interface Placing {
  /** The same for all quantities of the same groups and date. */
  readonly placeOf: (variable: number) => number;
  readonly quantityOf: (variable: number) => string;
  /** Which layout, and where in it; null where it is in none. */
  readonly layoutOf: (variable: number) => { readonly layout: number; readonly at: number } | null;
}

export function placingOf({ layouts, others }: Cells): Placing {
  const places = new Map<string, number>();
  const starts: number[] = [];
  let next = 0;
  for (const { date, node, size } of layouts) {
    const key = layoutKey({ quantity: "", date }, node);
    const place = places.get(key) ?? next;
    if (place === next) {
      places.set(key, place);
      next += size;
    }
    starts.push(place);
  }
  const layoutOf: Placing["layoutOf"] = (variable) => {
    let [low, high] = [0, layouts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((layouts[middle]?.first ?? 0) <= variable) low = middle + 1;
      else high = middle;
    }
    const found = layouts[low - 1];
    if (found === undefined || variable >= found.first + found.size) return null;
    return { layout: low - 1, at: variable - found.first };
  };
  const own = new Map(others.map(({ variable, quantity }) => [variable, quantity]));
  return {
    layoutOf,
    placeOf: (variable) => {
      const found = layoutOf(variable);
      return found === null ? -1 - variable : (starts[found.layout] ?? 0) + found.at;
    },
    quantityOf: (variable) => {
      const found = layoutOf(variable);
      return (found === null ? own.get(variable) : layouts[found.layout]?.quantity) ?? "";
    },
  };
}
