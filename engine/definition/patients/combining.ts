/** Columns made of other columns. */
import type { ValueType } from "../../base/value-types.ts";
import type { Categories, CategoryType } from "../categories.ts";
import type { Column, ImpliedSuffix, MadeColumn, NamedColumns } from "../column.ts";
import { buildColumn } from "./build-column.ts";
import type {
  DateFormatOption,
  ExpectationsOption,
  LegacyDateFormatOptions,
  Occurrence,
} from "./options.ts";

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

/** Names of columns or days, and at last, if wanted, further columns that exist for this only. */
export type Sources<Type extends ValueType> =
  readonly string[] | readonly [...names: string[], extraColumns: ExtraSources<Type>];

export type ExtraSources<Type extends ValueType> = Readonly<
  Record<string, Column<Type, ImpliedSuffix>>
>;

/**
 * For each patient the smallest of several columns, the earliest of dates. Empty values (0, "") do not
 * take part; if nothing else is there, the result is empty too. All columns must be of one type, whole
 * numbers and decimals being two, and dates must have the same format, which is the result's as well.
 *
 * @param sources Names of columns, or days such as `"2020-01-01"`; the last may be an object of
 * columns that are needed for nothing else.
 * @example
 * first_covid: patients.minimumOf("positive_test_date", "covid_admission_date", {
 *   covid_death_date: patients.withTheseCodesOnDeathCertificate(covid, {
 *     returning: "date_of_death",
 *     dateFormat: "YYYY-MM-DD",
 *   }),
 * })
 */
export function minimumOf<const Type extends ValueType = ValueType>(
  ...sources: Sources<Type>
): Column<Type> {
  return aggregate("minimum_of", sources);
}

/**
 * For each patient the largest of several columns, the latest of dates. Empty values (0, "") do not
 * take part, so the largest of -5 and 0 is -5; if nothing else is there, the result is empty. All
 * columns must be of one type, and dates of one format, as for {@link minimumOf}.
 *
 * @param sources Names of columns, or days such as `"2020-01-01"`; the last may be an object of
 * columns that are needed for nothing else.
 * @example latest_measurement: patients.maximumOf("bmi_date", "weight_date")
 */
export function maximumOf<const Type extends ValueType = ValueType>(
  ...sources: Sources<Type>
): Column<Type> {
  return aggregate("maximum_of", sources);
}

function aggregate(name: "minimum_of" | "maximum_of", sources: readonly unknown[]): MadeColumn {
  const last = sources.at(-1);
  if (typeof last !== "object" || last === null) {
    return buildColumn(name, [], { columnNames: sources });
  }
  return buildColumn(name, [], { columnNames: sources.slice(0, -1), extraColumns: last });
}

/** The type of a constant. */
export type ConstantType<Value extends string | number | boolean> = Value extends boolean
  ? "bool"
  : Value extends number
    ? `${Value}` extends `${bigint}`
      ? "int"
      : "float"
    : Value extends `${number}-${number}-${number}`
      ? "date"
      : "str";

/**
 * The same value for every patient: text, a whole number, a decimal, true or false, or a day written
 * `YYYY-MM-DD`. Conditions cannot contain a date; compare with a column of a fixed value instead.
 *
 * @example
 * campaign_start: patients.fixedValue("2020-12-08")
 */
export function fixedValue<const Value extends string | number | boolean>(
  value: Value,
): Column<ConstantType<Value>> {
  return buildColumn("fixed_value", [value]);
}

export interface DateOfOptions
  extends DateFormatOption, LegacyDateFormatOptions, ExpectationsOption<Occurrence> {}

/**
 * The date of the record from which another column has its value; empty where that column found none.
 * It can read columns of clinical events, medications, BMI, decision support values, GP
 * consultations, vaccinations, SGSS tests and COVID-19 therapeutics, and recorded values on their most
 * recent day; not where they count matches of the latter two or episodes.
 *
 * Without a `dateFormat` it shows as much of the date as its source would.
 *
 * @param source The name of the other column.
 * @example
 * bmi: patients.mostRecentBmi({ onOrBefore: "index_date" }),
 * bmi_date: patients.dateOf("bmi", { dateFormat: "YYYY-MM-DD" }),
 */
export function dateOf(source: string, options?: DateOfOptions): Column<"date"> {
  return buildColumn("date_of", [source], options);
}

/**
 * How a laboratory compared the value that another column took: `~`, `=`, `>=`, `>`, `<` or `<=`; ""
 * where nothing is recorded. A value of 5 with `<` means "below 5".
 *
 * @param source The name of a column of `withTheseClinicalEvents` returning `"numeric_value"`.
 * @example hba1c_comparator: patients.comparatorFrom("hba1c")
 */
export function comparatorFrom(
  source: string,
  options?: ExpectationsOption<Occurrence | "category">,
): Column<"str"> {
  return buildColumn("comparator_from", [source], options);
}

/**
 * The lower end of the laboratory's normal range for the value that another column took, in the unit
 * of that value. -1 means that the range has no lower end, 0 that no range is recorded.
 *
 * @param source The name of a column of `withTheseClinicalEvents` returning `"numeric_value"`.
 * @example hba1c_lower: patients.referenceRangeLowerBoundFrom("hba1c")
 */
export function referenceRangeLowerBoundFrom(
  source: string,
  options?: ExpectationsOption<Occurrence | "float">,
): Column<"float"> {
  return buildColumn("reference_range_lower_bound_from", [source], options);
}

/**
 * The upper end of the laboratory's normal range for the value that another column took, in the unit
 * of that value. -1 means that the range has no upper end, 0 that no range is recorded.
 *
 * @param source The name of a column of `withTheseClinicalEvents` returning `"numeric_value"`.
 * @example hba1c_upper: patients.referenceRangeUpperBoundFrom("hba1c")
 */
export function referenceRangeUpperBoundFrom(
  source: string,
  options?: ExpectationsOption<Occurrence | "float">,
): Column<"float"> {
  return buildColumn("reference_range_upper_bound_from", [source], options);
}
