/** A whole study as a plan: plain data, the same for every SQL dialect. */
import type { DateFormat, IsoDate } from "../../base/dates.ts";
import type { ValueType } from "../../base/value-types.ts";
import type { CategorisedCode } from "../../definition/codelists/make-codelist.ts";
import type { CodelistFile } from "../../definition/model.ts";
import type { Output, Rows, ValueFile, Window } from "./rows.ts";
import type { Test, Value } from "./value.ts";

/** A codelist that some test or category reads; equal lists are one. */
export interface PlanCodelist {
  readonly name: string;
  /** From 1; tells it from the others of the plan as its name does. */
  readonly number: number;
  /** The category is "" where the list has none. Codes are distinct, folded where `folded`. */
  readonly codes: readonly CategorisedCode[];
  readonly folded: boolean;
  /** Codes are whole numbers, in digits. */
  readonly areNumbers?: true;
  /** The codelists of the author that these codes are; none for codes of the engine's own. */
  readonly authors: readonly AuthorsCodelist[];
}

export interface AuthorsCodelist {
  /** Where its codes come from; none where they are written out in the study. */
  readonly files: readonly CodelistFile[];
  /** Columns of the study that ask for it. */
  readonly columns: readonly string[];
  /** How many different codes it has. */
  readonly size: number;
  /** Codes that are looked for in the place of one of its own, and that one. */
  readonly standIns: readonly (readonly [code: string, own: string])[];
}

/** A column of the study. */
export interface PlanColumn {
  readonly name: string;
  readonly type: ValueType;
  readonly dateFormat: DateFormat | null;
  readonly hidden: boolean;
  /** Never missing, except dates. */
  readonly value: Value;
  /** How its words are written to the file, where that differs from what conditions see. */
  readonly tidied: "risk-group" | null;
}

/** How the rows of a scan are spread over the index dates. */
export type Spread =
  /** The window does not depend on the index date. */
  | "once"
  /** A row belongs to one index date at most. */
  | "one-date"
  /** A row belongs to all index dates from one on. */
  | "from-then-on"
  /** A row belongs to all index dates up to one. */
  | "until-then"
  /** A row belongs to some index dates in a row: it is repeated for each. */
  | "repeated"
  /** The same, but most patients have one such row and are not repeated. */
  | "spans"
  /** The window depends on a column that differs between index dates. */
  | "by-column";

/** How a part's table is keyed besides the patient. */
export type Keyed = "patient" | "date" | "span";

/** A summary as a part makes it: of the rows that pass its test. */
export interface PlacedSummary {
  readonly id: string;
  readonly where: Test | null;
  readonly output: Output;
}

/** One table that is made on the way to the cohort. */
export type Part =
  /** Summaries of the same rows in the same window, in one scan. */
  | {
      readonly kind: "scan";
      readonly name: string;
      readonly rows: Rows;
      readonly window: Window;
      readonly spread: Spread;
      readonly summaries: readonly PlacedSummary[];
      /** The `dates` part that holds what bounds of the window are relative to. */
      readonly dates: string | null;
    }
  /** Dates of columns that windows of later parts depend on, for patients that have one. */
  | {
      readonly kind: "dates";
      readonly name: string;
      readonly columns: readonly string[];
      readonly keyed: "patient" | "date";
    };

export interface CohortPlan {
  readonly study: string;
  /** Ascending, each once. */
  readonly indexDates: readonly IsoDate[];
  readonly codelists: readonly PlanCodelist[];
  readonly files: readonly ValueFile[];
  /** Each after those it reads. */
  readonly parts: readonly Part[];
  /** Every column that is needed, each after those it reads. */
  readonly columns: readonly PlanColumn[];
  /** Visible columns in file order. */
  readonly output: readonly string[];
  /** The column that says who is in. */
  readonly population: string;
  /** The column that tells how many conditions of the population hold in a row; null if nobody counts them. */
  readonly passedConditions: string | null;
  /** The file whose patients are asked about besides those of the database; null for none. */
  readonly populationFile: string | null;
}
