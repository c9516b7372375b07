/** A measure's csv file of all dates as columns, from its bytes: many times faster than row by row. */
import { parseIsoDate } from "../base/dates.ts";
import type { IsoDate } from "../base/dates.ts";
import { ProblemError } from "../base/problems.ts";
import { POINT, ZERO } from "../table/csv/ascii.ts";
import { openByteSource } from "../table/csv/byte-source.ts";
import { byteWindow, refill } from "../table/csv/byte-window.ts";
import type { ByteWindow } from "../table/csv/byte-window.ts";
import { readHeaderRow } from "../table/csv/csv-header.ts";
import { numberOfCell } from "../table/csv/number-cell.ts";
import { indexRows, rowIndex } from "../table/csv/row-index.ts";
import type { RowIndex } from "../table/csv/row-index.ts";
import { readTextColumn } from "../table/csv/text-column.ts";
import type { TextColumn } from "../table/csv/text-column.ts";
import { textDictionary } from "../table/csv/text-dictionary.ts";
import type { GrowingNumbers } from "./growing-numbers.ts";
import { addFigure, figuresOf, noFigures, reserveFigures } from "./measure-figures.ts";
import type { GatheredFigures, MeasureFigures } from "./measure-figures.ts";
import { measureNumber } from "./read-measure.ts";
import type { MeasureColumns } from "./read-measure.ts";

/**
 * The same figures as row by row. Null where the file is no such csv file, whatever it is or lacks: who reads
 * it row by row can tell where.
 */
export async function scanFigures(
  path: string,
  measure: MeasureColumns,
): Promise<MeasureFigures | null> {
  if (!/\.csv(?:\.gz)?$/.test(path)) return null;
  try {
    return await scan(path, measure);
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

/** So many rows that their bytes and their places are still near when they are decoded. */
const ROWS_AT_ONCE = 512;

async function scan(file: string, measure: MeasureColumns): Promise<MeasureFigures | null> {
  const source = await openByteSource({ file, gzip: file.endsWith(".gz") });
  try {
    const window = byteWindow(file);
    const header = await readHeaderRow(window, source);
    if (!isHeaderOf(measure, header)) return null;
    const index = rowIndex(header.length, ROWS_AT_ONCE);
    const reader = rowsReader(measure, header);
    for (;;) {
      indexRows(window, index);
      if (index.rows > 0) {
        if (!reader.add(window, index)) return null;
      } else if (window.last) break;
      else await refill(window, source);
    }
    return reader.figures();
  } finally {
    await source.close();
  }
}

function isHeaderOf(
  { groups, numerator, denominator }: MeasureColumns,
  found: readonly string[],
): boolean {
  const names = [...groups, ...new Set([numerator, denominator]), "value", "date"];
  return names.length === found.length && names.every((name, at) => name === found[at]);
}

interface RowsReader {
  /** False where a figure is no number. */
  readonly add: (window: ByteWindow, index: RowIndex) => boolean;
  /** Null without rows, or where a date is none. */
  readonly figures: () => MeasureFigures | null;
}

function rowsReader({ groups }: MeasureColumns, header: readonly string[]): RowsReader {
  const labels = groups.map((name, field) => textColumn(name, field));
  const dates = textColumn("date", header.length - 1);
  const gathered = noFigures(
    dates.dictionary.texts as readonly string[] as readonly IsoDate[],
    labels.map(({ name, dictionary }) => ({ name, labels: dictionary.texts })),
  );
  const numbers = { first: groups.length, last: header.length - 2 };
  return {
    add: (window, index) => {
      reserveFigures(gathered, index.rows);
      addCodes(gathered.dateOf, dates, window, index);
      gathered.labelOf.forEach((into, at) => {
        const column = labels[at];
        if (column !== undefined) addCodes(into, column, window, index);
      });
      return addNumbers(gathered, numbers, window, index);
    },
    figures: () => {
      const areDates = gathered.dates.every((date) => parseIsoDate(date) !== null);
      return areDates && gathered.dateOf.count > 0 ? figuresOf(gathered) : null;
    },
  };
}

function textColumn(name: string, field: number): TextColumn {
  return { name, field, codes: new Uint32Array(ROWS_AT_ONCE), dictionary: textDictionary([]) };
}

function addCodes(
  into: GrowingNumbers<Uint32Array>,
  column: TextColumn,
  window: ByteWindow,
  index: RowIndex,
): void {
  readTextColumn(window, index, column, 0);
  into.numbers.set(column.codes.subarray(0, index.rows), into.count);
  into.count += index.rows;
}

/** The fields from the numerator to the value; the denominator stands before the value. */
function addNumbers(
  into: Pick<GatheredFigures, "values" | "denominators">,
  { first, last }: { readonly first: number; readonly last: number },
  window: ByteWindow,
  { edges, stride, rows }: RowIndex,
): boolean {
  const { buffer, byteOffset, length } = window.bytes;
  const bytes = Buffer.from(buffer, byteOffset, length);
  for (let row = 0, edge = 0; row < rows; row++, edge += stride) {
    let denominator: number | undefined = NaN;
    let value: number | undefined = NaN;
    for (let field = edge + first; field <= edge + last; field++) {
      denominator = value;
      value = figureOf(bytes, (edges[field] ?? 0) + 1, edges[field + 1] ?? 0);
      if (value === undefined) return false;
    }
    addFigure(into, value, denominator);
  }
  return true;
}

const MOST_EXACT = 15;

/** NaN for a blank cell; undefined for what `measureNumber` does not take. */
function figureOf(bytes: Buffer, start: number, end: number): number | undefined {
  if (start === end) return NaN;
  if (!isPlain(bytes, start, end))
    return measureNumber(bytes.toString("latin1", start, end)) ?? undefined;
  return end - start <= MOST_EXACT
    ? numberOfCell(bytes, start, end)
    : Number(bytes.toString("latin1", start, end));
}

/** Digits, with a point between two of them at most. */
function isPlain(bytes: Uint8Array, start: number, end: number): boolean {
  let points = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === POINT) points++;
    else if (byte < ZERO || byte > ZERO + 9) return false;
  }
  return points === 0 || (points === 1 && bytes[start] !== POINT && bytes[end - 1] !== POINT);
}
