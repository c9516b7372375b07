/** One column of records in csv, decoded as it is declared into the arrays that DuckDB takes. */
import { unreachable } from "../../../base/problems.ts";
import type { RawType } from "../../../duckdb/column-appender.ts";
import type { TypedArray } from "../../../duckdb/column-chunk.ts";
import type { PhysicalKind } from "../../../schema/physical-table.ts";
import { QUOTE } from "../../../table/csv/ascii.ts";
import type { ByteWindow } from "../../../table/csv/byte-window.ts";
import { unquoted } from "../../../table/csv/cell-bytes.ts";
import { numberOfCell } from "../../../table/csv/number-cell.ts";
import type { RowIndex } from "../../../table/csv/row-index.ts";
import { markPresent, noteWrong, NULL_WORD } from "./cell-marks.ts";
import { putMicros, putWhole } from "./int64.ts";
import { flag, longNumber, readMoment, wholeNumber } from "./record-cells.ts";
import type { Moment } from "./record-cells.ts";
import { textCells } from "./word-cells.ts";
import type { RecordColumn } from "./column-decoder.ts";

/** For blocks of at most so many rows. */
export function recordColumn(name: string, kind: PhysicalKind, rows: number): RecordColumn {
  const present = new Uint8Array(Math.ceil(rows / 8));
  if (kind === "text") return textCells(name, rows, present);
  const { type, values, put } = cellsOf(kind, rows);
  const column: RecordColumn = {
    name,
    kind,
    type,
    values,
    present,
    wrong: null,
    words: null,
    decode: (window, index, field, first) => {
      decodeCells({ column, put }, { window, index, field }, first);
    },
  };
  return column;
}

/** Stores a cell's value; false if the cell holds none of the kind. */
type Put = (bytes: Uint8Array, start: number, end: number, place: number) => boolean;

interface Cells {
  readonly type: RawType;
  readonly values: TypedArray;
  readonly put: Put;
}

function cellsOf(kind: Exclude<PhysicalKind, "text">, rows: number): Cells {
  switch (kind) {
    case "int":
      return wholeCells(rows);
    case "long":
      return longCells(rows);
    case "real":
      return numberCells("DOUBLE", new Float64Array(rows), numberOfCell);
    case "bit":
      return numberCells("BOOLEAN", new Uint8Array(rows), flag);
    case "date":
      return dayCells(rows);
    case "datetime":
      return momentCells(rows);
    default:
      return unreachable(kind);
  }
}

type Parse = (bytes: Uint8Array, start: number, end: number) => number;

function numberCells(type: RawType, values: Float64Array | Uint8Array, parse: Parse): Cells {
  const put: Put = (bytes, start, end, place) => {
    const value = parse(bytes, start, end);
    values[place] = value;
    return Number.isFinite(value);
  };
  return { type, values, put };
}

function wholeCells(rows: number): Cells {
  const values = new BigInt64Array(rows);
  const words = new Int32Array(values.buffer);
  const put: Put = (bytes, start, end, place) => {
    const value = wholeNumber(bytes, start, end);
    if (Number.isNaN(value)) return false;
    putWhole(words, place, value);
    return true;
  };
  return { type: "BIGINT", values, put };
}

/** With every digit of 64 bits. */
function longCells(rows: number): Cells {
  const values = new BigInt64Array(rows);
  const put: Put = (bytes, start, end, place) => {
    const value = longNumber(bytes, start, end);
    if (value === null) return false;
    values[place] = value;
    return true;
  };
  return { type: "BIGINT", values, put };
}

/** A time of day is dropped. */
function dayCells(rows: number): Cells {
  const values = new Int32Array(rows);
  const moment: Moment = { seconds: 0, micros: 0 };
  const put: Put = (bytes, start, end, place) => {
    if (!readMoment(bytes, start, end, moment)) return false;
    values[place] = Math.floor(moment.seconds / 86_400);
    return true;
  };
  return { type: "DATE", values, put };
}

function momentCells(rows: number): Cells {
  const values = new BigInt64Array(rows);
  const words = new Int32Array(values.buffer);
  const moment: Moment = { seconds: 0, micros: 0 };
  const put: Put = (bytes, start, end, place) => {
    if (!readMoment(bytes, start, end, moment)) return false;
    putMicros(words, place, moment.seconds, moment.micros);
    return true;
  };
  return { type: "TIMESTAMP", values, put };
}

interface Place {
  readonly window: ByteWindow;
  readonly index: RowIndex;
  readonly field: number;
}

function decodeCells(
  { column, put }: { readonly column: RecordColumn; readonly put: Put },
  { window: { bytes }, index, field }: Place,
  first: number,
): void {
  const { edges, stride, rows } = index;
  const { present } = column;
  for (let row = 0, edge = field; row < rows; row++, edge += stride) {
    let cell = bytes;
    let start = (edges[edge] ?? 0) + 1;
    let end = edges[edge + 1] ?? 0;
    if (start < end && bytes[start] === QUOTE) {
      cell = unquoted(bytes, start, end);
      start = 0;
      end = cell.length;
    }
    if (start === end) continue;
    const place = first + row;
    if (put(cell, start, end, place)) markPresent(present, place);
    else noteWrong(column, index.numbers[row] ?? 0, isNull(cell, start, end));
  }
}

function isNull(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== NULL_WORD.length) return false;
  return String.fromCharCode(...bytes.subarray(start, end)) === NULL_WORD;
}
