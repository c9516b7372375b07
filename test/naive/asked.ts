/** What is asked: one column, for one patient, at one index date. */
import type { IsoDate } from "../../engine/base/dates.ts";
import type { CheckedColumn } from "../../engine/definition/checked-study.ts";
import { dateFrom, evaluateDate } from "../../engine/definition/dates/evaluate-date.ts";
import type { DatesKnown } from "../../engine/definition/dates/evaluate-date.ts";
import type { DateExpression } from "../../engine/definition/dates/date-expression.ts";
import type { FunctionName } from "../../engine/definition/function-table.ts";
import type { Found } from "./found.ts";
import type { Records, Row } from "./row.ts";

/** A text where it has more digits than a number holds. */
export type PatientId = number | string;

export interface Asked<Name extends FunctionName = FunctionName> {
  readonly column: CheckedColumn<Name>;
  readonly patient: PatientId;
  readonly records: Records;
  readonly at: DatesKnown;
  /** Another column of the same patient. */
  readonly other: (name: string) => OtherColumn;
  readonly readFile: (path: string) => string;
}

export interface OtherColumn {
  readonly column: CheckedColumn;
  /** As the cohort shows it, the empty value in place of nothing. */
  readonly shown: string | number;
  readonly date: IsoDate | null;
  readonly event: Row | null;
}

/** All rows of a table. */
export function rowsOf({ records }: Asked, table: string): readonly Row[] {
  return records[table] ?? [];
}

/** The patient's rows of a table. */
export function ownRows(asked: Asked, table: string): readonly Row[] {
  return rowsOf(asked, table).filter((row) => row["Patient_ID"] === asked.patient);
}

/** The patient's own record. */
export function patientRow(asked: Asked): Row | null {
  return ownRows(asked, "Patient")[0] ?? null;
}

/** A question that can be asked of the first or of the last match. */
interface FindingOne {
  readonly column: { readonly args: { readonly find_first_match_in_period?: boolean } };
}

/** The latest match, unless the first is asked for. */
export function findsFirst({ column }: FindingOne): boolean {
  return column.args.find_first_match_in_period === true;
}

/**
 * The day an expression means for this patient; null when it is relative to a column without a date, or
 * leaves the calendar on the way from one. A column showing the month counts as its first day.
 */
export function dayMeant(asked: Asked, expression: DateExpression): IsoDate | null {
  if (expression.kind !== "from" || expression.base.kind !== "column") {
    return evaluateDate(expression, asked.at);
  }
  const shown = String(asked.other(expression.base.name).shown);
  if (shown === "") return null;
  return dateFrom((shown.length === 7 ? `${shown}-01` : shown) as IsoDate, expression);
}

/** What a function finds. */
export type Answer<Name extends FunctionName> = (asked: Asked<Name>) => Found;

/** What the functions of a family find, given the shapes of the family: each of them, and no other. */
export type AnswerFamily<Shapes> = {
  readonly [Name in keyof Shapes & FunctionName]: Answer<Name>;
};
