/** Measure files read back: of one date or of all dates, in any of their formats. */
import { basename } from "node:path";
import { parseIsoDate } from "../base/dates.ts";
import type { IsoDate } from "../base/dates.ts";
import { measureDateOf } from "../base/file-names.ts";
import type { TableRow } from "../table/table-format.ts";
import { readTable } from "../table/read-table.ts";
import type { MeasureFacts } from "./measure-facts.ts";
import { POPULATION } from "./measure-spec.ts";
import { fail } from "./problems.ts";

/** What must be known of a measure to read its file; the manifest has it. */
export type MeasureColumns = Pick<MeasureFacts, "id" | "groups" | "numerator" | "denominator">;

export interface MeasureRow {
  /** One label for each group column, as it stands. */
  readonly groups: readonly string[];
  /** Null where it is suppressed. */
  readonly numerator: number | null;
  readonly denominator: number | null;
  /** As the file has it: null also for 0 divided by 0, infinite where only the denominator is 0. */
  readonly value: number | null;
  /** Null where neither the name of the file nor its columns have one. */
  readonly date: IsoDate | null;
}

/**
 * The rows of a measure's file, in their order. Problems: measure-file-columns, measure-file-cell, and those of
 * `readTable`; none shows a cell.
 */
export async function* readMeasure(
  path: string,
  measure: MeasureColumns,
): AsyncGenerator<MeasureRow, void> {
  let read: ((row: TableRow) => MeasureRow) | null = null;
  for await (const row of readTable(path)) {
    if (read === null) read = rowReader(path, measure, row.cells);
    else yield read(row);
  }
}

/** Columns are found by their place, for a measure may group by the column that it counts. */
function rowReader(
  path: string,
  measure: MeasureColumns,
  header: readonly string[],
): (row: TableRow) => MeasureRow {
  const file = basename(path);
  const isOfAllDates = header.at(-1) === "date";
  checkColumns(file, measure, isOfAllDates ? header.slice(0, -1) : header);
  const numerator = measure.groups.length;
  const denominator = numerator + Number(measure.denominator !== measure.numerator);
  const value = header.length - 1 - Number(isOfAllDates);
  const dateOfFile = measureDateOf(file, measure.id);
  return ({ row, cells }) => {
    const wrong = (at: number, expected: "number" | "date"): never =>
      fail("measure-file-cell", { file, row, column: header[at] ?? "", expected });
    const number = (at: number): number | null => {
      const read = measureNumber(cells[at] ?? "");
      return read === undefined ? wrong(at, "number") : read;
    };
    return {
      groups: cells.slice(0, numerator),
      ...{ numerator: number(numerator), denominator: number(denominator), value: number(value) },
      date: isOfAllDates
        ? (parseIsoDate(cells[value + 1] ?? "") ?? wrong(value + 1, "date"))
        : dateOfFile,
    };
  };
}

/** One row of everybody also shows how many they are. */
function checkColumns(file: string, measure: MeasureColumns, found: readonly string[]): void {
  const { id, groups, numerator, denominator } = measure;
  const expected = [...groups, ...new Set([numerator, denominator])];
  const isFound = (columns: readonly string[]): boolean =>
    columns.length === found.length && columns.every((name, at) => name === found[at]);
  const isEverybody = groups.length === 0 && isFound([...expected, POPULATION, "value"]);
  if (isEverybody || isFound([...expected, "value"])) return;
  fail("measure-file-columns", { measure: id, file, expected: [...expected, "value"] });
}

/** As `floatText` writes numbers; null for a blank cell, undefined for anything else. */
export function measureNumber(cell: string): number | null | undefined {
  if (cell === "") return null;
  if (!NUMBER.test(cell)) return undefined;
  return Number(cell.replace("inf", "Infinity"));
}

const NUMBER = /^-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|inf)$/;
