/** A measure of one cohort file as numbers: what suppression works on and the formatter prints. */
import type { MeasureSpec } from "./measure-spec.ts";

/** A group_by column: its values in the order of the file's rows. */
export interface GroupLabel {
  readonly name: string;
  readonly values: readonly string[];
  /** Which of the words each row has, where not every combination is a row; otherwise absent. */
  readonly places?: Uint32Array;
}

export interface MeasureColumn {
  readonly name: string;
  /** Counts patients: prints without a point as long as no cell is blank. */
  readonly whole: boolean;
  /** One per row; NaN is a blank cell. */
  readonly values: Float64Array;
}

export interface MeasureTable {
  readonly measure: MeasureSpec;
  /**
   * Rows are every combination of the labels' words, the last label changing fastest, unless the labels
   * say which they are. Empty for one group of everybody and for one row per patient.
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

/** numerator / denominator in a row: NaN where either is hidden, and for 0/0. */
export function measureValue(table: MeasureTable, row: number): number {
  const { columns } = table;
  const below = columns[denominatorIndex(table)]?.values[row] ?? NaN;
  return (columns[0]?.values[row] ?? NaN) / below;
}

/** For each label, which of its words a row has. */
export function labelPlaces({ labels }: MeasureTable): ((row: number) => number)[] {
  let stride = 1;
  return labels
    .toReversed()
    .map(({ values: words, places }) => {
      if (places !== undefined) return (row: number) => places[row] ?? 0;
      const every = stride;
      stride *= words.length;
      return (row: number) => Math.floor(row / every) % words.length;
    })
    .toReversed();
}
