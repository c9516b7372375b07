/** The columns of a cohort file and the column batches that fill it. */
import type { DateFormat } from "../base/dates.ts";

/** A column as declared by the study, never as guessed from values. */
export type CohortColumn =
  | {
      readonly name: string;
      readonly type: "bool" | "int";
      /** Of a joined column: patients without a partner have no value, which is not 0. */
      readonly mayBeMissing?: true;
      /** Of ids of patients: whole numbers of 64 bits, which come as `long`. */
      readonly isLong?: true;
    }
  | { readonly name: string; readonly type: "float" | "str" }
  | { readonly name: string; readonly type: "date"; readonly dateFormat: DateFormat };

/** `patient_id` (int) first, then the study's visible columns in definition order. */
export type CohortSchema = readonly CohortColumn[];

/** A date cell without a date. */
export const NO_DATE = -2_147_483_648;

/** A flag that is not there, in a column that says so. */
export const NO_FLAG = 2;

/**
 * Values of one column for the rows of a batch. There is no null: a patient without a record has the
 * type's empty value, a date NO_DATE. Where a column's flags and whole numbers may be missing, these are NO_FLAG and NaN.
 */
export type ColumnValues =
  | { readonly type: "bool"; readonly values: Uint8Array }
  | { readonly type: "int"; readonly values: Float64Array }
  | { readonly type: "float"; readonly values: Float64Array }
  /** Days since 1970-01-01. */
  | { readonly type: "date"; readonly values: Int32Array }
  /** Row i holds `words[codes[i]]`. */
  | { readonly type: "str"; readonly codes: Uint32Array; readonly values: readonly string[] };

/** Ids of patients of which some are beyond 2^53, where their column says so. */
export interface LongIds {
  readonly type: "long";
  readonly values: BigInt64Array;
}

export type BatchColumn = ColumnValues | LongIds;

/** Some rows of a cohort, ascending by patient across batches; columns as in the schema. */
export interface CohortBatch {
  readonly rows: number;
  readonly columns: readonly BatchColumn[];
}

/** Whether its whole numbers have 64 bits. */
export function isLong(column: CohortColumn | undefined): boolean {
  return column?.type === "int" && column.isLong === true;
}

/** Whether its flags or whole numbers may be missing; all other types have a value for that anyway. */
export function mayBeMissing(column: CohortColumn | undefined): boolean {
  return (column?.type === "bool" || column?.type === "int") && column.mayBeMissing === true;
}
