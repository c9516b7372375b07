/** What this layer knows of a measure: the author's definition, in the shape it crosses threads. */

/** spec/measures.md 1. */
export interface MeasureSpec {
  readonly id: string;
  readonly numerator: string;
  readonly denominator: string;
  /** Null or empty means one row per patient; `["population"]` one row for everybody. */
  readonly group_by: readonly string[] | null;
  readonly small_number_suppression: boolean;
}

/** The column that every patient counts 1 in. It is in no file. */
export const POPULATION = "population";

/** Whether the file has a row per patient, which must not leave the secure room (decision 25). */
export function isPatientLevel({ group_by: keys }: MeasureSpec): boolean {
  return keys === null || keys.length === 0;
}

/** Columns of the file that the measure groups by, in the author's order, without `population`. */
export function groupKeys({ group_by: keys }: MeasureSpec): readonly string[] {
  return (keys ?? []).filter((name) => name !== POPULATION);
}

/** Numerator, then denominator unless it is the same column; `population` may be among them. */
export function countedColumns({ numerator, denominator }: MeasureSpec): readonly string[] {
  return numerator === denominator ? [numerator] : [numerator, denominator];
}
