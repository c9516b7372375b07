/** Many rows per patient, and what is made of them. */
import type { PatientTable, LookupTable } from "../../schema/contract.ts";
import type { ValueType } from "../../base/value-types.ts";
import type { Test, Value } from "./value.ts";

/** Each has `patient_id`. */
export type Rows =
  | { readonly kind: "table"; readonly table: PatientTable }
  | { readonly kind: "matching"; readonly from: Rows; readonly where: Test }
  /** Adds fields of the one row of a look-up table that a field points to; the least by `order`, missing first. */
  | {
      readonly kind: "looked-up";
      readonly from: Rows;
      readonly table: LookupTable;
      /** A field of the rows and the field of the look-up table that it equals. */
      readonly on: readonly [string, string];
      readonly where: Test | null;
      /** New name and the look-up table's field; `found` is 1 where there is a row. */
      readonly take: Readonly<Record<string, string>>;
      readonly order: readonly string[];
      readonly found: string;
    }
  /** One row per patient and calendar day of `date`: field `day`, and aggregates. */
  | {
      readonly kind: "per-day";
      readonly from: Rows;
      readonly date: string;
      readonly aggregates: Readonly<Record<string, Aggregate>>;
    }
  /** One row per patient and value of the field, with the number of rows as `times`. */
  | { readonly kind: "per-value"; readonly from: Rows; readonly of: string }
  /** Without the rows whose calendar day is a day of other rows of the patient. */
  | {
      readonly kind: "without-days";
      readonly from: Rows;
      readonly date: string;
      readonly days: { readonly from: Rows; readonly date: string };
    }
  /** Adds `starts`: 1 unless the row before it, by `date`, is at most so many days earlier, otherwise 0. */
  | {
      readonly kind: "episodes";
      readonly from: Rows;
      readonly date: string;
      readonly apart: number;
    }
  /** A row for each two rows of a patient, one of each kind: field `date` is the earlier or the later of their dates. */
  | {
      readonly kind: "paired";
      readonly from: Rows;
      readonly with: Rows;
      readonly dates: readonly [string, string];
      readonly take: "earlier" | "later";
      readonly date: string;
    }
  /** A file that the study reads: `patient_id` and `value`. */
  | { readonly kind: "file"; readonly file: string };

/** A file of values, by patient. */
export interface ValueFile {
  readonly name: string;
  readonly path: string;
  /** Null: only who is in the file. */
  readonly column: string | null;
  readonly type: ValueType;
}

export type Aggregate =
  | { readonly kind: "rows" }
  | { readonly kind: "sum"; readonly of: Value }
  /** Added up as decimals, so that no order of rows matters. */
  | { readonly kind: "decimal-sum"; readonly of: Value }
  | { readonly kind: "present"; readonly of: Value }
  | { readonly kind: "least"; readonly of: Value }
  | { readonly kind: "greatest"; readonly of: Value };

/** When a row counts. A bound that is missing for a patient matches nothing; null = open. */
export type Window =
  | { readonly kind: "always" }
  /** The calendar day of the field, both ends included. */
  | {
      readonly kind: "during";
      readonly date: string;
      readonly from: Value | null;
      readonly to: Value | null;
    }
  /** From `starts` on, and not yet `ends`, at midnight of both days. */
  | {
      readonly kind: "covering";
      readonly starts: Value;
      readonly ends: Value;
      readonly first: Value;
      readonly last: Value;
    };

export interface Order {
  readonly of: Value;
  readonly descending: boolean;
}

/** One row chosen, or a number over all of them. */
export type Output =
  | { readonly kind: "exists" }
  | { readonly kind: "aggregate"; readonly aggregate: Aggregate }
  /** The first row in this order; missing before all others ascending, after them descending. */
  | {
      readonly kind: "pick";
      readonly take: Readonly<Record<string, Value>>;
      readonly order: readonly Order[];
    }
  /** The one date that all rows agree on (`value`, and `found`); rows that disagree stop the run. */
  | { readonly kind: "agreed"; readonly of: Value }
  /** Every row; two for a patient are found before the cohort file gets its name. */
  | { readonly kind: "each"; readonly take: Readonly<Record<string, Value>> };

/** One question to the rows of each patient. Its answers are read by `{ kind: "summary", id, take }`. */
export interface Summary {
  readonly id: string;
  readonly rows: Rows;
  readonly window: Window;
  readonly output: Output;
}
