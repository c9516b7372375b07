/** Dates as authors write them. */
import type { DateFunction } from "./date-expression.ts";

type Anything = string & Record<never, never>;

/**
 * A date: a day `"2020-03-01"`, `"index_date"`, `"today"`, the name of a date column of the study, one
 * of these inside a function, and at last an offset in days, months or years:
 * `"last_day_of_month(index_date)"`, `"index_date - 1 year"`, `"first_covid_date + 28 days"`.
 * An offset can follow a name or a function, not a literal day. A day that a month does not have
 * becomes its last: 31 January + 1 month = the last of February.
 */
export type DateText = "index_date" | "today" | `${DateFunction}(index_date)` | Anything;
