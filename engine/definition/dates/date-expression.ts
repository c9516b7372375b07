/** Dates as authors write them: a literal day, or something reckoned from another date. */
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

/** The function is applied first, then the offset. */
export type DateExpression =
  | { readonly kind: "literal"; readonly date: IsoDate }
  | {
      readonly kind: "from";
      readonly base: DateBase;
      readonly apply: DateFunction | null;
      readonly offset: DateOffset | null;
    };

/** What an expression reckons from. */
export type DateBase =
  | { readonly kind: "index-date" }
  | { readonly kind: "today" }
  | { readonly kind: "column"; readonly name: string };
