/** A table whose columns have types of their own, as binary formats hold them. */
import type { DateFormat } from "../../base/dates.ts";
import type { NonZeroRows } from "../cohort-reader.ts";
import type { CohortColumn } from "../cohort-schema.ts";
import type { CellPlace } from "../csv/cell-bytes.ts";

/** Consecutive values of one column; arrays are at least as long as their block has rows. */
export type TypedValues =
  /** NaN where missing. A whole number beyond 2^53 need only be recognisable as such. */
  | {
      readonly kind: "number";
      readonly of: "bool" | "int" | "float";
      readonly values: Float64Array;
      /** Of flags; where they are listed, none of the block is missing. */
      readonly nonZero?: NonZeroRows;
    }
  /** Days since 1970-01-01, NaN where missing, NOT_A_DAY for a moment within a day; shown as `format` says. */
  | { readonly kind: "day"; readonly values: Float64Array; readonly format: DateFormat }
  /** A code stays the same text for the whole file; MISSING_CODE where missing. */
  | { readonly kind: "coded"; readonly codes: Int32Array; readonly textOf: TextOf };

/** The text of a code. Problem: not-utf8-text, at the place of the cell that needed it. */
export type TextOf = (code: number, place: () => CellPlace) => string;

export const MISSING_CODE = -1;

/** Consecutive rows. Arrays are reused by the next block. */
export interface TypedBlock {
  /** Number of the first row; as in csv, the header is row 1. */
  readonly first: number;
  readonly rows: number;
  /** As they were asked for. */
  readonly columns: readonly TypedValues[];
}

export interface TypedTable {
  readonly names: readonly string[];
  /** The type of each, in that order. Problem: unsupported-column-type. */
  schema(): Promise<readonly CohortColumn[]>;
  /** The columns at those places among the names, each place once, in blocks of bounded size. */
  blocks(columns: readonly number[]): AsyncIterable<TypedBlock>;
  close(): Promise<void>;
}

export type OpenTypedTable = (file: string) => Promise<TypedTable>;

/** The header counts as row 1, as in csv. */
export const FIRST_ROW = 2;
