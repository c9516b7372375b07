/** Columns that other columns decide. */
import type { Categories, CategoryType } from "../categories.ts";
import type { Column, NamedColumns } from "../column.ts";
import { buildColumn } from "./build-column.ts";
import type { ExpectationsOption } from "./options.ts";

export interface ConditionOptions extends ExpectationsOption {
  /**
   * Columns that only the expressions need. They are not in the cohort files, but any column of the
   * study can refer to them; their names must differ from all others.
   */
  extraColumns?: NamedColumns;
}

/**
 * 1 for patients for whom a condition on other columns holds, 0 for the others.
 *
 * A condition compares columns, numbers and quoted text with `= != < <= > >=`, joined by `AND`, `OR`,
 * `NOT` and parentheses; `+ - * /` work on numbers, and whole numbers divide without a rest. A column
 * that stands alone holds if its value is not the empty one: 0, "", and -1 for the index of multiple
 * deprivation. Nothing is ever unknown: patients without a record compare with the empty value.
 *
 * @param expression The condition.
 * @example
 * population: patients.satisfying("registered AND age >= 18 AND (sex = 'F' OR sex = 'M')", {
 *   extraColumns: { registered: patients.registeredAsOf("index_date") },
 * })
 */
export function satisfying(expression: string, options?: ConditionOptions): Column<"bool"> {
  return buildColumn("satisfying", [expression], options);
}

/**
 * One of several values, by conditions on other columns: the first condition that holds decides, and
 * the value whose condition is "DEFAULT" is for patients for whom none does. Conditions are written
 * as for {@link satisfying}.
 *
 * The values decide the type: 0 and 1 alone are yes and no, whole numbers, decimals, text, or dates
 * if all are written `YYYY-MM-DD`. They cannot be mixed; for "none" among dates there is no value.
 *
 * @param categoryDefinitions `{ young: "age < 40", old: "DEFAULT" }`. Values that are numbers are
 * written as pairs: `[[1, "age < 40"], [2, "DEFAULT"]]`.
 * @example
 * age_band: patients.categorisedAs([
 *   ["0-17", "age < 18"],
 *   ["18-64", "age < 65"],
 *   ["65+", "DEFAULT"],
 * ])
 */
export function categorisedAs<const Given extends Categories>(
  categoryDefinitions: Given,
  options?: ConditionOptions,
): Column<CategoryType<Given>> {
  return buildColumn("categorised_as", [categoryDefinitions], options);
}
