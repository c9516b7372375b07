/** What goes into the check of expectations and what comes out, as plain data. */
import type { Problem } from "../../base/problems.ts";
import type { CheckedColumn } from "../checked-study.ts";
import type { Args } from "../model.ts";
import type { DateExpression } from "../dates/date-expression.ts";

export type ExpectationRate = "exponential_increase" | "uniform" | "universal";

export interface EffectiveExpectations {
  readonly rate: ExpectationRate;
  /** Share of patients with a value, above 0; 1 for a universal rate. */
  readonly incidence: number;
  /** Null where no date is drawn. */
  readonly range: DateRange | null;
  readonly values: DrawnValues;
}

/** Both relative to literals, `index_date` and `today` only. */
export interface DateRange {
  readonly earliest: DateExpression;
  readonly latest: DateExpression;
}

/** How the values of a column are drawn; `none` where only its date is. */
export type DrawnValues =
  | { readonly kind: "none" | "date" | "bool" }
  | { readonly kind: "population_ages" }
  | {
      readonly kind: "category";
      /** As text, whatever the column's type; `shares` are parallel and add up to 1. */
      readonly words: readonly string[];
      readonly shares: readonly number[];
      /** Whether they stay text in a column that is declared to be a number. */
      readonly asText?: true;
    }
  | { readonly kind: "normal"; readonly mean: number; readonly stddev: number }
  | { readonly kind: "poisson"; readonly mean: number };

/** A column whose type is known, of a study that need not be in order: its arguments may be anything. */
export type ExpectedColumn = Pick<
  CheckedColumn,
  "name" | "function" | "type" | "rules" | "expectations" | "place"
> & { readonly args: Args };

/** What the check must know of a column. */
export interface ExpectationFacts {
  readonly study: string;
  readonly column: ExpectedColumn;
  /** Whether its values are drawn; false where a `date_of` takes only the date of a hidden column. */
  readonly valued: boolean;
  /** Whether a `date_of` takes the column's date. */
  readonly dated: boolean;
  /** Whether another column is worked out from its values. */
  readonly isRead: boolean;
}

export interface ExpectationCheck {
  /** Null when there are problems. */
  readonly expectations: EffectiveExpectations | null;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}
