/** A measure of one cohort file as numbers: what suppression works on and the formatter prints. */
import type { MeasureSpec } from "./measure-spec.ts";

/** A group_by column: its values in the order of the file's rows. */
export interface GroupLabel {
  readonly name: string;
  readonly words: readonly string[];
}

export interface MeasureColumn {
  readonly name: string;
  /** Counts patients: prints without a point as long as no cell is blank. spec/measures.md 3.5. */
  readonly whole: boolean;
  /** One per row; NaN is a blank cell. */
  readonly values: Float64Array;
}

export interface MeasureTable {
  readonly measure: MeasureSpec;
  /**
   * Rows are every combination of the labels' words, the last label changing fastest. Empty for one
   * group of everybody and for one row per patient.
   */
  readonly labels: readonly GroupLabel[];
  readonly rows: number;
  /** Numerator, denominator unless it is the same, and whatever is shown beside them. */
  readonly columns: readonly MeasureColumn[];
}

/** Where among the columns the denominator is; the numerator is always the first. */
export function denominatorIndex({ measure }: MeasureTable): 0 | 1 {
  return measure.numerator === measure.denominator ? 0 : 1;
}
