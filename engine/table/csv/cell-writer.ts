/** One column's cells as bytes. */
import type { CohortBatch, CohortColumn, CohortSchema, ColumnValues } from "../cohort-schema.ts";
import { NO_DATE } from "../cohort-schema.ts";
import { unreachable } from "../../base/problems.ts";
import { ZERO } from "./ascii.ts";
import { dateBytes, placeOfDay } from "./date-bytes.ts";
import type { DateBytes } from "./date-bytes.ts";
import { LONGEST_NUMBER, putFloat, putInteger } from "./number-bytes.ts";
import { wordBytes } from "./word-bytes.ts";
import type { WordBytes } from "./word-bytes.ts";

/**
 * All writers have the same shape and each array its own property, so that the one function below
 * that runs for every cell stays fast.
 */
export interface CellWriter {
  readonly type: CohortColumn["type"];
  readonly dates: DateBytes;
  /** Of a date: how many of its ten bytes show. */
  readonly shown: number;
  flags: Uint8Array;
  numbers: Float64Array;
  days: Int32Array;
  codes: Uint32Array;
  words: WordBytes;
}

export function cellWriters(schema: CohortSchema): CellWriter[] {
  const dates = dateBytes();
  return schema.map((column) => ({
    type: column.type,
    dates,
    shown: column.type === "date" ? column.dateFormat.length : 0,
    flags: new Uint8Array(0),
    numbers: new Float64Array(0),
    days: new Int32Array(0),
    codes: new Uint32Array(0),
    words: wordBytes([]),
  }));
}

/** Takes over the values of a batch; throws where they are not of the declared type (a bug). */
export function fillCells(writers: readonly CellWriter[], { rows, columns }: CohortBatch): void {
  if (columns.length !== writers.length) throw new Error("a batch has the columns of its schema");
  writers.forEach((writer, at) => {
    const column = columns[at];
    if (column?.type !== writer.type) throw new Error("a batch has the types of its schema");
    fillColumn(writer, column, rows);
  });
}

function fillColumn(writer: CellWriter, column: ColumnValues, rows: number): void {
  switch (column.type) {
    case "bool":
      writer.flags = column.values;
      return;
    case "int":
      mustBeWhole(column.values, rows);
      writer.numbers = column.values;
      return;
    case "float":
      writer.numbers = column.values;
      return;
    case "date":
      writer.days = column.values;
      return;
    case "str":
      writer.codes = column.codes;
      if (writer.words.words !== column.words) writer.words = wordBytes(column.words);
      return;
    default:
      unreachable(column);
  }
}

function mustBeWhole(values: Float64Array, rows: number): void {
  for (let row = 0; row < rows; row++) {
    const value = values[row] ?? NaN;
    if (!Number.isInteger(value) || Math.abs(value) >= 1e21) {
      throw new Error("a column of whole numbers holds something else");
    }
  }
}

/** The most bytes that a row of the present batch can have, commas aside. */
export function mostBytes(writers: readonly CellWriter[]): number {
  return writers.reduce((sum, { words }) => sum + Math.max(LONGEST_NUMBER, words.longest), 0);
}

/** Writes a cell and gives the place behind it. */
export function putCell(writer: CellWriter, row: number, bytes: Uint8Array, at: number): number {
  switch (writer.type) {
    case "bool":
      bytes[at] = ZERO + (writer.flags[row] === 0 ? 0 : 1);
      return at + 1;
    case "int":
      return putInteger(bytes, at, writer.numbers[row] ?? 0);
    case "float":
      return putFloat(bytes, at, writer.numbers[row] ?? 0);
    case "date":
      return putDate(writer, row, bytes, at);
    case "str":
      return putWord(writer, row, bytes, at);
    default:
      return unreachable(writer.type);
  }
}

function putDate(writer: CellWriter, row: number, bytes: Uint8Array, at: number): number {
  const day = writer.days[row] ?? NO_DATE;
  if (day === NO_DATE) return at;
  const { dates, shown } = writer;
  const start = placeOfDay(dates, day);
  for (let i = 0; i < shown; i++) bytes[at + i] = dates.texts[start + i] ?? 0;
  return at + shown;
}

/** Above this, copying in one call is faster than byte by byte. */
const SHORT_WORD = 24;

function putWord(writer: CellWriter, row: number, bytes: Uint8Array, at: number): number {
  const { words, codes } = writer;
  const code = codes[row] ?? 0;
  const start = words.offsets[code] ?? 0;
  const end = words.offsets[code + 1] ?? 0;
  if (end - start > SHORT_WORD) bytes.set(words.bytes.subarray(start, end), at);
  else for (let i = start; i < end; i++) bytes[at + i - start] = words.bytes[i] ?? 0;
  return at + end - start;
}
