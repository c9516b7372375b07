/** Makes what a column holds of the bytes of its pages. */
import type { TypedValues } from "../columns/typed-table.ts";
import { hybridRuns } from "./hybrid-runs.ts";
import type { HybridRuns } from "./hybrid-runs.ts";

/** A RangeError wherever bytes are damaged. */
export interface ValueDecoder {
  /** What has been read; the array is used again. */
  readonly typed: TypedValues;
  readonly out: Float64Array | Int32Array;
  /** Stands where there is no value. */
  readonly missing: number;
  /** The dictionary of the pages that follow; null = they have none. */
  useDictionary(dictionary: DictionaryBytes | null): void;
  /** A page begins that has these bytes of values. */
  usePage(encoding: number, bytes: Uint8Array): void;
  /** Puts so many values of the page into `out` from `at` on. */
  read(at: number, count: number): void;
  /** The values last read were moved apart, because others are missing. */
  moved(): void;
  /** How many of the page's bytes have been used; NaN where they cannot end there. */
  used(): number;
}

/** Plain values. */
export interface DictionaryBytes {
  readonly bytes: Uint8Array;
  readonly entries: number;
}

/** Values of one page, each time the next. */
export interface PageValues {
  read(at: number, count: number): void;
  used(): number;
}

/** The codes of a page: their width is in front. A page without values may lack it. */
export function codeRuns(bytes: Uint8Array): HybridRuns {
  return hybridRuns(bytes, Math.min(1, bytes.length), bytes.length, bytes[0] ?? 0);
}
