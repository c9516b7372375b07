/** The words of date expressions: functions and units. */
import type { DateFunction, DateOffset } from "./date-expression.ts";

export const dateFunctions = [
  "first_day_of_month",
  "last_day_of_month",
  "first_day_of_year",
  "last_day_of_year",
  "first_day_of_nhs_financial_year",
  "last_day_of_nhs_financial_year",
  "first_day_of_school_year",
  "last_day_of_school_year",
] as const satisfies readonly DateFunction[];

export function isDateFunction(name: string): name is DateFunction {
  return (dateFunctions as readonly string[]).includes(name);
}

export interface DateUnit {
  readonly name: DateOffset["unit"];
  /** No two days from year 0001 to 9999 lie farther apart. */
  readonly most: number;
}

const years: DateUnit = { name: "years", most: 9_998 };
const months: DateUnit = { name: "months", most: 119_987 };
const days: DateUnit = { name: "days", most: 3_652_058 };

/** Every unit in singular and plural. */
export const dateUnits: ReadonlyMap<string, DateUnit> = new Map([
  ["year", years],
  ["years", years],
  ["month", months],
  ["months", months],
  ["day", days],
  ["days", days],
]);
