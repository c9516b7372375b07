/** The columns of a cohort file and the column batches that fill it. */
import type { DateFormat } from "../base/dates.ts";

/** A column as declared by the study, never as guessed from values. */
export type CohortColumn =
  | { readonly name: string; readonly type: "bool" | "int" | "float" | "str" }
  | { readonly name: string; readonly type: "date"; readonly dateFormat: DateFormat };

/** `patient_id` (int) first, then the study's visible columns in definition order. */
export type CohortSchema = readonly CohortColumn[];

/** A date cell without a date. */
export const NO_DATE = -2_147_483_648;

/**
 * Values of one column for the rows of a batch. There is no null: a patient without a record has the
 * type's empty value, a date NO_DATE.
 */
export type ColumnValues =
  | { readonly type: "bool"; readonly values: Uint8Array }
  | { readonly type: "int"; readonly values: Float64Array }
  | { readonly type: "float"; readonly values: Float64Array }
  /** Days since 1970-01-01. */
  | { readonly type: "date"; readonly values: Int32Array }
  /** Row i holds `words[codes[i]]`. */
  | { readonly type: "str"; readonly codes: Uint32Array; readonly values: readonly string[] };

/** Some rows of a cohort, ascending by patient across batches; columns as in the schema. */
export interface CohortBatch {
  readonly rows: number;
  readonly columns: readonly ColumnValues[];
}
