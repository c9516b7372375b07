/** Dates as authors write them: a literal day, or a day relative to another date. */
import type { IsoDate } from "../../base/dates.ts";

export type DateFunction =
  | "first_day_of_month"
  | "last_day_of_month"
  | "first_day_of_year"
  | "last_day_of_year"
  | "first_day_of_nhs_financial_year"
  | "last_day_of_nhs_financial_year"
  | "first_day_of_school_year"
  | "last_day_of_school_year";

/** `amount` is negative for a minus sign. */
export interface DateOffset {
  readonly amount: number;
  readonly unit: "years" | "months" | "days";
}

/** How far from another date: the function is applied first, then the offset. */
export interface DateShift {
  readonly apply: DateFunction | null;
  readonly offset: DateOffset | null;
}

export type DateExpression =
  | { readonly kind: "literal"; readonly date: IsoDate }
  | ({ readonly kind: "from"; readonly base: DateBase } & DateShift);

/** What an expression is relative to. */
export type DateBase =
  | { readonly kind: "index-date" }
  | { readonly kind: "today" }
  | { readonly kind: "column"; readonly name: string };
