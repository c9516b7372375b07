/** A measure's file of one date, as text or as typed columns. */
import { unreachable } from "../base/problems.ts";
import type { MeasureFormat } from "../base/file-names.ts";
import type { WrittenFile } from "../files/atomic-file.ts";
import { writeTable } from "../table/write-table.ts";
import { floatText } from "../base/value-types.ts";
import { csvText } from "../table/csv-text.ts";
import { quotedField } from "../table/csv/quoted-field.ts";
import type { CohortBatch, CohortSchema, ColumnValues } from "../table/cohort-schema.ts";
import { gzipPieces, writePieces } from "./write-pieces.ts";
import type { PublishableTable } from "./publishable.ts";
import { labelPlaces, measureValue } from "./measure-table.ts";
import type { MeasureColumn } from "./measure-table.ts";

/** Problems: those of writing; after any of them nothing is left under the name. */
export function writeMeasure(
  path: string,
  table: PublishableTable,
  format: MeasureFormat,
): Promise<WrittenFile> {
  switch (format) {
    case "csv":
      return writePieces(path, formatMeasure(table));
    case "csv.gz":
      return writePieces(path, gzipPieces(formatMeasure(table)));
    case "feather":
      return writeTable({ path, format, ...measureRows(table) });
    default:
      return unreachable(format);
  }
}

const ROWS_PER_PIECE = 8192;

/**
 * CSV text in pieces of whole rows: labels, numerator, denominator, value; line ends are LF.
 * value is numerator / denominator: blank for 0/0 or where either is hidden, `inf` or `-inf` over
 * zero.
 */
export function* formatMeasure(table: PublishableTable): Generator<string, void> {
  const { labels, columns, rows } = table;
  yield headerText([...labels, ...columns].map(({ name }) => name));
  const rowText = rowFormatter(table);
  for (let start = 0; start < rows; start += ROWS_PER_PIECE) {
    let piece = "";
    const end = Math.min(rows, start + ROWS_PER_PIECE);
    for (let row = start; row < end; row++) piece += rowText(row);
    yield piece;
  }
}

const headers = new Map<string, string>();

/** Kept, because a measure has the same header at every date. */
function headerText(names: readonly string[]): string {
  const key = JSON.stringify(names);
  const text = headers.get(key) ?? csvText([[...names, "value"]]);
  headers.set(key, text);
  return text;
}

function rowFormatter(table: PublishableTable): (row: number) => string {
  const words = labelFormatters(table);
  const numbers = table.columns.map(numberFormatter);
  return (row) => {
    let text = "";
    for (const word of words) text += `${word(row)},`;
    for (const number of numbers) text += `${number(row)},`;
    return `${text}${floatText(measureValue(table, row))}\n`;
  };
}

function labelFormatters(table: PublishableTable): ((row: number) => string)[] {
  const places = labelPlaces(table);
  return table.labels.map((label, at) => {
    const words = label.values.map(quotedField);
    return (row) => words[places[at]?.(row) ?? 0] ?? "";
  });
}

/** Counts of patients print as 14, or as 14.0 once a cell of the column is blank. */
function numberFormatter({ values, whole }: MeasureColumn): (row: number) => string {
  const asWhole = whole && !values.includes(NaN);
  return (row) => {
    const value = values[row] ?? NaN;
    return asWhole ? String(value) : floatText(value);
  };
}

export interface MeasureRows {
  readonly schema: CohortSchema;
  readonly batches: readonly CohortBatch[];
}

/**
 * Labels as text, every number as a float whatever it counts, so that a blank cell changes no type:
 * blank is NaN. The columns are those of the csv file.
 */
export function measureRows(table: PublishableTable): MeasureRows {
  const { labels, columns, rows } = table;
  const places = labelPlaces(table);
  const value = Float64Array.from({ length: rows }, (_, row) => measureValue(table, row));
  const words = labels.map((label, at): ColumnValues => ({
    type: "str",
    values: label.values,
    codes: Uint32Array.from({ length: rows }, (_, row) => places[at]?.(row) ?? 0),
  }));
  const numbers = [...columns.map(({ values }) => values), value].map((values): ColumnValues => ({
    type: "float",
    values,
  }));
  return {
    schema: [
      ...labels.map(({ name }) => ({ name, type: "str" }) as const),
      ...columns.map(({ name }) => ({ name, type: "float" }) as const),
      { name: "value", type: "float" },
    ],
    batches: [{ rows, columns: [...words, ...numbers] }],
  };
}
