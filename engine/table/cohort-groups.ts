/** Patients of a cohort counted in groups where they are, in a database or a file, so that no row of a patient is seen. */
import type { ColumnValues } from "./cohort-schema.ts";
import type { PatientMix } from "./patient-mix.ts";

/** Columns of a cohort that patients are grouped by, and that are added up for the groups. */
export interface GroupsWanted {
  readonly keys: readonly string[];
  /** Ways of grouping: each some of the keys, by place; none of them is one group of everybody. */
  readonly sets: readonly (readonly number[])[];
  readonly numbers: readonly string[];
  /** Groups of one way: where it has more, none of them leaves where the patients are. */
  readonly most: number;
}

export interface GroupsAsked {
  readonly wanted: GroupsWanted;
  /** Asks for mixed sums; null where none are wanted. */
  readonly mix: PatientMix | null;
}

/** What a column of a file can be counted as, by its values' type. A name that is not there once has none. */
export type CountableColumns = ReadonlyMap<
  string,
  { readonly asNumber: boolean; readonly asKey: boolean }
>;

/** What is asked of a file with such columns; null for nothing. */
export type AskGroups = (columns: CountableColumns) => GroupsAsked | null;

/** The groups of one way of grouping that occur. The same values may come in several rows. */
export interface GroupRows {
  readonly rows: number;
  /** Of each key of that way. A date is the text that a cohort file shows. */
  readonly keys: readonly ColumnValues[];
  /** How many patients each row stands for. */
  readonly patients: Float64Array;
  /** Of each number, as it would be if the patients were added in their order with compensation. */
  readonly sums: readonly Float64Array[];
  /** How many values each key has, where there are more groups than wanted, of which none is here; otherwise null. */
  readonly tooMany: readonly number[] | null;
}

/** Groups of a cohort file, by way of grouping. */
export interface CountedFile {
  readonly groups: readonly GroupRows[];
  /** Null where nobody asked, or ids are too long to be told apart. */
  readonly mixed: MixedSums | null;
}

/** Sums of `patient-mix`, each below SUM_RANGE. */
export interface MixedSums {
  /** Of all patients, times each of the numbers. */
  readonly numbers: readonly number[];
  /** Of each row of the groups, by way of grouping. */
  readonly groups: readonly Float64Array[];
}
