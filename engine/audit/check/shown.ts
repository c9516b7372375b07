/** Which witnesses show what each cell can be. */
import type { Layout, Witness } from "./layout.ts";

/** A witness as it is, or with the numbers at two places of some layouts exchanged: the cell's own and another. */
export interface ShownBy {
  readonly witness: number;
  readonly exchange?: Exchange;
}

export interface Exchange {
  readonly layouts: readonly number[];
  readonly places: readonly [own: number, other: number];
}

/** The same for all cells that are shown alike, wherever they stand. */
export type WayPart =
  | readonly [witness: number]
  | readonly [witness: number, other: number, layouts: readonly number[]];

/** One part for each value. */
export type Way = readonly WayPart[];

/** Many cells, few ways. */
export class Ways {
  readonly list: Way[] = [];
  /** Of each cell, in the order in which they were added. */
  readonly of: number[] = [];
  readonly #places = new Map<string, number>();

  add(by: readonly ShownBy[]): void {
    const way = by.map(({ witness, exchange }): WayPart =>
      exchange === undefined ? [witness] : [witness, exchange.places[1], exchange.layouts],
    );
    const key = JSON.stringify(way);
    let place = this.#places.get(key);
    if (place === undefined) {
      place = this.list.push(way) - 1;
      this.#places.set(key, place);
    }
    this.of.push(place);
  }
}

/** Of the same patients. */
export interface Shown {
  readonly layouts: readonly Layout[];
  readonly witnesses: readonly Witness[];
  readonly ways: Ways;
  /** Of each layout what files print as it is; NaN where it is hidden, rounded or not printed. */
  readonly printed: readonly Float64Array[];
}
