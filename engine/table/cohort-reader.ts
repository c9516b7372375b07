/** What measures ask of a cohort file, and the blocks that answer, whatever the file's format. */

/**
 * Columns to decode; all others are skipped. Names must be distinct within each list, a column may be
 * in both (it then reads as a number in both places).
 */
export interface WantedColumns {
  readonly numbers: readonly string[];
  readonly texts: readonly string[];
}

/** Rows of a block whose number is not 0, in order: the first `count` of `rows`. */
export interface NonZeroRows {
  readonly rows: Uint32Array;
  /** NOT_LISTED where nobody has looked for them in this block. */
  count: number;
}

export const NOT_LISTED = -1;

/** Consecutive rows of a file. Arrays are reused by the next block: read them before asking for it. */
export interface CohortBlock {
  readonly rows: number;
  /** One per wanted number column; at least `rows` long. */
  readonly numbers: readonly Float64Array[];
  /** One per wanted number column where the format finds them while decoding, as it does of flags. */
  readonly nonZero?: readonly (NonZeroRows | null)[];
  /** How many patients each row stands for; one where absent. */
  readonly patients?: Float64Array;
  /** One per wanted text column: an index into that column's dictionary; at least `rows` long. */
  readonly codes: readonly Uint32Array[];
}

export interface CohortReading {
  readonly blocks: AsyncIterable<CohortBlock>;
  /** Distinct texts of each wanted text column, in order of first appearance; grows while reading. */
  readonly dictionaries: readonly (readonly string[])[];
}
