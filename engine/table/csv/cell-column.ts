/**
 * Cells are written column by column, some rows at a time: first every column adds the lengths of its
 * cells, which gives the place of each row, then every column puts its cells in place. So each type
 * has two tight loops instead of a choice for every cell.
 */
import type { BatchColumn } from "../cohort-schema.ts";

/** Consecutive rows of a batch. */
export interface Stripe {
  /** Of `first` and the rows after it. */
  readonly count: number;
  readonly first: number;
  /** While measuring: the bytes of each row so far. While putting: where its next cell starts. */
  readonly places: Int32Array;
}

export const STRIPE_ROWS = 256;

export interface CellColumn {
  /** Takes over the values of a batch; throws where they are not of the declared type (a bug). */
  use(values: BatchColumn, rows: number): void;
  /** The most bytes that a cell of this batch can have. */
  longest(): number;
  addLengths(stripe: Stripe): void;
  /** Puts each cell and a comma behind it, and moves the places behind that. */
  put(stripe: Stripe, bytes: Uint8Array): void;
}

export function failForType(declared: string): never {
  throw new Error(`a batch has the types of its schema: ${declared} was declared`);
}
