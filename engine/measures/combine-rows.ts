/** One table per measure out of its tables per date, for formats that have types. */
import type { IsoDate } from "../base/dates.ts";
import { toDayNumber } from "../base/dates.ts";
import { fail } from "./problems.ts";
import type { CohortBatch, CohortSchema, ColumnValues } from "../table/cohort-schema.ts";
import { readTable } from "../table/read-table.ts";

export interface DatedTable {
  readonly date: IsoDate;
  readonly path: string;
  /** Columns of text; behind them stand numbers. */
  readonly labels: number;
}

/** Rows that are gathered before they are written. */
const ROWS = 8192;

export interface CombinedRows {
  readonly schema: CohortSchema;
  readonly batches: AsyncIterable<CohortBatch>;
}

/**
 * The rows of all dates, in the order of the tables, with the column `date` at the end. Problems:
 * measure-headers-differ, and those of `readTable`.
 */
export async function combineRows(
  measure: string,
  tables: readonly DatedTable[],
): Promise<CombinedRows> {
  const [first] = tables;
  const names = first === undefined ? [] : await headerOf(first.path);
  const schema: CohortSchema = [
    ...names.map(
      (name, at) => ({ name, type: at < (first?.labels ?? 0) ? "str" : "float" }) as const,
    ),
    { name: "date", type: "date", dateFormat: "YYYY-MM-DD" },
  ];
  return { schema, batches: allRows(measure, tables, names) };
}

async function headerOf(path: string): Promise<readonly string[]> {
  for await (const { cells } of readTable(path)) return cells;
  return [];
}

async function* allRows(
  measure: string,
  tables: readonly DatedTable[],
  names: readonly string[],
): AsyncGenerator<CohortBatch> {
  for (const table of tables) {
    let rows: (readonly string[])[] | null = null;
    for await (const { cells } of readTable(table.path)) {
      if (rows === null) {
        if (cells.join("\n") !== names.join("\n")) differ(measure, tables, table);
        rows = [];
      } else if (rows.push(cells) === ROWS) yield batchOf(rows.splice(0), names, table);
    }
    yield batchOf(rows ?? [], names, table);
  }
}

function differ(measure: string, [first]: readonly DatedTable[], { date }: DatedTable): never {
  return fail("measure-headers-differ", { measure, first: first?.date ?? date, other: date });
}

function batchOf(
  rows: readonly (readonly string[])[],
  names: readonly string[],
  { labels, date }: DatedTable,
): CohortBatch {
  const columns = names.map((_, at): ColumnValues => {
    const cells = rows.map((row) => row[at] ?? "");
    return at < labels
      ? { type: "str", words: cells, codes: Uint32Array.from(cells.keys()) }
      : { type: "float", values: Float64Array.from(cells, numberOfCell) };
  });
  const days = new Int32Array(rows.length).fill(toDayNumber(date));
  return { rows: rows.length, columns: [...columns, { type: "date", values: days }] };
}

/** As `floatText` writes them. */
function numberOfCell(cell: string): number {
  if (cell === "") return NaN;
  return Number(cell.replace("inf", "Infinity"));
}
