/** Smallest and largest of several columns, and constants. */
import type { ValueType } from "../../base/value-types.ts";
import type { Column, ImpliedSuffix, MadeColumn } from "../column.ts";
import { buildColumn } from "./build-column.ts";

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
