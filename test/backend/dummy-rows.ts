/** Dummy cohorts as plain columns, for tests. */
import { fromDayNumber, isoDateOf } from "../../engine/base/dates.ts";
import { dummyBackend } from "../../engine/backend/dummy/dummy-backend.ts";
import type { DummyOptions } from "../../engine/backend/dummy/dummy-backend.ts";
import type { CheckedStudy } from "../../engine/definition/checked-study.ts";
import type { ColumnDefinition } from "../../engine/definition/model.ts";
import { NO_DATE } from "../../engine/table/cohort-schema.ts";
import type { BatchColumn } from "../../engine/table/cohort-schema.ts";
import { studyOf } from "./study-of.ts";

export type Cell = number | string | null;

/** Values by column name; null is a missing date, "" a missing text. */
export type Rows = Readonly<Record<string, readonly Cell[]>>;

export const TODAY = isoDateOf("2021-06-15");

/** One per index date; null is the study's own. */
export async function dummyRows(
  study: CheckedStudy,
  options: Partial<DummyOptions> = {},
  indexDates: readonly (string | null)[] = [null],
): Promise<Rows[]> {
  const backend = dummyBackend({ patients: 1000, seed: 1, today: TODAY, ...options });
  const dates = indexDates.map((date) => (date === null ? null : isoDateOf(date)));
  const cohorts: Rows[] = [];
  for await (const { schema, batches } of backend.cohorts(study, dates)) {
    const rows: Record<string, Cell[]> = Object.fromEntries(schema.map(({ name }) => [name, []]));
    for await (const batch of batches) {
      schema.forEach(({ name }, place) => {
        const values = batch.columns[place];
        if (values !== undefined) rows[name]?.push(...cellsOf(values));
      });
    }
    cohorts.push(rows);
  }
  return cohorts;
}

/** The rows at one index date. */
export async function dummyRowsAt(
  study: CheckedStudy,
  options: Partial<DummyOptions> = {},
  indexDate: string | null = null,
): Promise<Rows> {
  const [rows] = await dummyRows(study, options, [indexDate]);
  if (rows === undefined) throw new Error("no cohort");
  return rows;
}

/** Events of twenty years unless the columns say otherwise; the index date is 1 March 2020. */
export function rowsOf(
  columns: Readonly<Record<string, ColumnDefinition>>,
  patients = 1000,
): Promise<Rows> {
  const defaults = { date: { earliest: "2000-01-01", latest: "2020-01-01" } };
  return dummyRowsAt(studyOf({ columns, defaults, indexDate: "2020-03-01" }), { patients });
}

function cellsOf(values: BatchColumn): Cell[] {
  if (values.type === "long") throw new Error("ids of dummy patients are small");
  if (values.type === "str") {
    return Array.from(values.codes, (code) => values.values[code] ?? "?");
  }
  if (values.type === "date") {
    return Array.from(values.values, (day) => (day === NO_DATE ? null : fromDayNumber(day)));
  }
  return Array.from(values.values);
}

/** Throws where the cohort has no such column. */
export function cellsIn(rows: Rows, name: string): readonly Cell[] {
  const cells = rows[name];
  if (cells === undefined) throw new Error(`no column ${name}`);
  return cells;
}

export function numbersIn(rows: Rows, name: string): readonly number[] {
  return cellsIn(rows, name).map((cell) => {
    if (typeof cell !== "number") throw new Error(`${name} is not numeric`);
    return cell;
  });
}

export function datesIn(rows: Rows, name: string): readonly string[] {
  return cellsIn(rows, name).flatMap((cell) => (typeof cell === "string" ? [cell] : []));
}

export function countOf(cells: readonly Cell[], wanted: Cell): number {
  return cells.filter((cell) => cell === wanted).length;
}
