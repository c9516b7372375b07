/** What this room knows of a measure: the author's definition, in the shape it crosses threads. */
import type { IsoDate } from "../base/dates.ts";
import type { WantedColumns } from "../table/cohort-reader.ts";

/** `groups`, a threshold of one's own and `rounding` go beyond the reference. */
export interface MeasureSpec {
  readonly id: string;
  readonly numerator: string;
  readonly denominator: string;
  /** Null or empty means one row per patient; `["population"]` one row for everybody. */
  readonly group_by: readonly string[] | null;
  /** Absent = `all`: every combination of the values that occur. */
  readonly groups?: "all" | "observed";
  readonly small_number_suppression: boolean | { readonly threshold: number };
  /** Absent = numbers as they are. */
  readonly rounding?: Rounding;
  /** Of a repair, never of an author; absent = nothing. */
  readonly withheld?: readonly WithheldFigure[];
  /** Of a repair too: index dates of which nothing is published; absent = none. */
  readonly dropped?: "all" | readonly IsoDate[];
  /** Of a repair too: labels that are counted as one before anything is hidden; absent = none. */
  readonly merged?: readonly MergedLabels[];
}

/** Labels of a column to group by that are one label in all files. */
export interface MergedLabels {
  readonly column: string;
  readonly labels: readonly string[];
  readonly into: string;
}

/** One number of one measure's file. */
export interface WithheldFigure {
  readonly date: IsoDate;
  readonly column: string;
  /** The label in each column of the row; empty for a row of everybody. */
  readonly groups: Readonly<Record<string, string>>;
}

/** To the nearest multiple, a half up; or `midpoint6`: 0 stays, 1 … 6 is 3, 7 … 12 is 9. */
export type Rounding = { readonly to: number } | "midpoint6";

/** Without whatever else the author's definition carries, such as where it stands: that is in no fingerprint. */
export function measureSpec(defined: MeasureSpec): MeasureSpec {
  const { id, numerator, denominator, group_by, groups, rounding } = defined;
  const { withheld, dropped, merged } = defined;
  return {
    ...{ id, numerator, denominator, group_by },
    ...(groups === undefined ? {} : { groups }),
    small_number_suppression: defined.small_number_suppression,
    ...(rounding === undefined ? {} : { rounding }),
    ...(withheld === undefined ? {} : { withheld }),
    ...(dropped === undefined ? {} : { dropped }),
    ...(merged === undefined ? {} : { merged }),
  };
}

/** Whether a repair leaves the measure out at this date. */
export function isDropped({ dropped = [] }: MeasureSpec, date: IsoDate): boolean {
  return dropped === "all" || dropped.includes(date);
}

/** The column that every patient counts 1 in. It is in no file. */
export const POPULATION = "population";

/** Whether the file has a row per patient, which must not leave the secure room. */
export function isPatientLevel({ group_by: keys }: MeasureSpec): boolean {
  return keys === null || keys.length === 0;
}

/** Columns of the file that the measure groups by, in the author's order, without `population`. */
export function groupKeys({ group_by: keys }: MeasureSpec): readonly string[] {
  return (keys ?? []).filter((name) => name !== POPULATION);
}

/** Columns of the measure's file before its numbers: `population` among them only beside others, where it is always 1. */
export function labelColumns(measure: MeasureSpec): readonly string[] {
  return groupKeys(measure).length === 0 ? [] : (measure.group_by ?? []);
}

/** Numerator, then denominator unless it is the same column; `population` may be among them. */
export function countedColumns({ numerator, denominator }: MeasureSpec): readonly string[] {
  return numerator === denominator ? [numerator] : [numerator, denominator];
}

/**
 * The union over the measures, each list in order of first mention. A column that one measure adds up
 * and another groups by is in both lists.
 */
export function wantedColumns(measures: readonly MeasureSpec[]): WantedColumns {
  const numbers = new Set(measures.flatMap(countedColumns));
  numbers.delete(POPULATION);
  return { numbers: [...numbers], texts: [...new Set(measures.flatMap(groupKeys))] };
}
