/** Drugs that hospitals pay for one by one. */
import type { Column } from "../column.ts";
import type { Codelist } from "../model.ts";
import { buildColumn } from "./build-column.ts";
import type {
  DateFormatOption,
  ExpectationsOption,
  FindOptions,
  PeriodOptions,
  ReturningOption,
} from "./options.ts";
import type { Returned, ReturningOf } from "./returned.ts";

type DrugReturning = ReturningOf<"with_high_cost_drugs">;

export interface HighCostDrugOptions<Returning extends DrugReturning>
  extends
    ReturningOption<Returning>,
    PeriodOptions,
    FindOptions,
    DateFormatOption<"YYYY" | "YYYY-MM">,
    ExpectationsOption {
  /** Whole names of drugs, in exactly these words. No categories. */
  drugNameMatches?: string | readonly string[] | Codelist;
}

/**
 * High-cost drugs given in hospital. Only the month is recorded; it is dated by its first day, so a
 * period must contain the first of a month to find it, and a `dateFormat` with a day is refused.
 *
 * | `returning` | holds |
 * |---|---|
 * | `binary_flag` (default) | 1 if there is a drug in the period |
 * | `date` | the latest month, or the earliest with `findFirstMatchInPeriod` |
 *
 * Patients without one get 0, or "".
 *
 * @example
 * adalimumab: patients.withHighCostDrugs({
 *   drugNameMatches: adalimumab_names,
 *   onOrAfter: "2019-04-01",
 *   returning: "date",
 *   dateFormat: "YYYY-MM",
 * })
 */
export function withHighCostDrugs<const Returning extends DrugReturning = "binary_flag">(
  options?: HighCostDrugOptions<Returning>,
): Column<Returned<"with_high_cost_drugs", Returning>> {
  return buildColumn("with_high_cost_drugs", [], options);
}
