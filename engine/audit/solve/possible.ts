/** What is known of the values of one class of variables. */
import { UNLIMITED } from "../describe/printed-number.ts";
import type { Classes } from "./classes.ts";

export interface Possible {
  readonly min: number;
  readonly max: number;
  /** Ascending: at least those asked for, or all there are. */
  readonly values: readonly number[];
  /** False where the budget did not do: then more values may be possible. */
  readonly isDecided: boolean;
}

export interface Settled {
  readonly classes: Classes;
  /** By class. */
  readonly possible: ReadonlyMap<string, Possible>;
  readonly solutions: readonly Numbers[];
}

/** A number for each variable of a component. */
export interface Numbers {
  readonly variables: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** Ranges up to this width are looked at value by value. */
export const LISTED_WIDTH = 12;

/** Null where nothing limits it. */
export function shownMax(max: number): number | null {
  return max > UNLIMITED / 2 ? null : max;
}
