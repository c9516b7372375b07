/** Hospital patients with COVID-19 in the ISARIC study. */
import type { Column } from "../column.ts";
import type { DateText } from "../dates/date-text.ts";
import { buildColumn } from "./build-column.ts";
import type { DateFormatOption, ExpectationsOption } from "./options.ts";

export interface IsaricOptions extends DateFormatOption, ExpectationsOption {
  /** First and last day of `dateFilterColumn`, both included; `null` leaves that end open. */
  between?: readonly [from: DateText | null, to: DateText | null];
  /** The date that `between` looks at: a date column of ISARIC such as `"assess_or_admit_date"`. */
  dateFilterColumn?: string;
}

/**
 * One column of the ISARIC record of patients admitted with COVID-19, as whole number, decimal, date
 * or text according to the column. Dates are shown whole unless `dateFormat` says less. Patients
 * without a record, and those whose cell is blank or `NA`, get 0, or "".
 *
 * @param returning The name of a column of ISARIC; an unknown one is a problem that names the nearest.
 * @param options `between` and `dateFilterColumn` only together.
 * @example
 * oxygen: patients.withAnIsaricRecord("oxy_vsorres", {
 *   dateFilterColumn: "assess_or_admit_date",
 *   between: ["2020-03-01", "index_date"],
 * })
 */
export function withAnIsaricRecord(returning: string, options?: IsaricOptions): Column {
  return buildColumn("with_an_isaric_record", [returning], options);
}
