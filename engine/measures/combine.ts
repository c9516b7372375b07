/** One table per measure out of its tables per date: as text, or as typed columns. */
import { toDayNumber } from "../base/dates.ts";
import type { IsoDate } from "../base/dates.ts";
import { byCodePoint } from "../base/value-types.ts";
import { CsvRows } from "../text/csv-rows.ts";
import type { CsvRow } from "../text/csv-rows.ts";
import type { CohortBatch, CohortSchema, ColumnValues } from "../table/cohort-schema.ts";
import { readTable } from "../table/read-table.ts";
import { fail } from "./problems.ts";
import { measureNumber } from "./read-measure.ts";

export interface DatedText {
  readonly date: IsoDate;
  /** What `formatMeasure` gave for that date, in pieces cut anywhere. */
  readonly text: Iterable<string> | AsyncIterable<string>;
}

/**
 * The rows of all dates, earliest date first, as they are, with the column `date` at the end; line
 * ends are LF. Texts are taken up one after the other, so none need be in memory whole.
 * Problem: measure-headers-differ.
 */
export async function* combine(
  measure: string,
  files: readonly DatedText[],
): AsyncGenerator<string, void> {
  const sorted = [...files].sort((a, b) => byCodePoint(a.date, b.date));
  let first: { readonly header: string; readonly date: IsoDate } | null = null;
  for (const { date, text } of sorted) {
    const rows = withDate(text, date);
    const header = await rows.next();
    const own = { header: header.done === true ? "" : header.value, date };
    if (first === null) yield `${own.header},date\n`;
    else if (own.header !== first.header) {
      fail("measure-headers-differ", { measure, first: first.date, other: date });
    }
    first ??= own;
    yield* rows;
  }
}

/** First the header as it is, then pieces of the rows with the date in every row. */
async function* withDate(text: DatedText["text"], date: IsoDate): AsyncGenerator<string, void> {
  const reading = new CsvRows();
  let isHeader = true;
  const dated = (rows: readonly CsvRow[]): string => {
    let all = "";
    for (const row of rows) all += `${row.text},${date}\n`;
    return all;
  };
  for await (const piece of text) {
    const [first, ...others] = [...reading.take(piece)];
    if (first === undefined) continue;
    if (isHeader) yield first.text;
    yield dated(isHeader ? others : [first, ...others]);
    isHeader = false;
  }
  const last = reading.end();
  if (isHeader && last[0] !== undefined) yield last[0].text;
  else yield dated(last);
}

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
      ? { type: "str", values: cells, codes: Uint32Array.from(cells.keys()) }
      : { type: "float", values: Float64Array.from(cells, (cell) => measureNumber(cell) ?? NaN) };
  });
  const days = new Int32Array(rows.length).fill(toDayNumber(date));
  return { rows: rows.length, columns: [...columns, { type: "date", values: days }] };
}
