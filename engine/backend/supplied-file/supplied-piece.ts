/** Some rows of a supplied csv file, read and encoded without those before them. */
import { ProblemError } from "../../base/problems.ts";
import { rowsOfPiece } from "../../table/csv/csv-pieces.ts";
import type { CsvPiece } from "../../table/csv/csv-pieces.ts";
import { csvEncoder } from "../../table/csv/csv-writer.ts";
import { gatherRows } from "./gathered-rows.ts";
import { suppliedColumn } from "./supplied-columns.ts";
import type { SuppliedKind } from "./supplied-columns.ts";

/** Plain data. */
export interface SuppliedPiece {
  readonly piece: CsvPiece;
  readonly kinds: readonly SuppliedKind[];
  /** Where each column stands in a row; a row has no others. */
  readonly fields: readonly number[];
}

/** Rows as they stand in a cohort file. */
export interface EncodedSupply {
  readonly bytes: Uint8Array;
  readonly rows: number;
  /** Ids of the first and the last patient; NaN where there are no rows. */
  readonly ends: readonly [number, number];
}

/** A cell of so many characters may be too long; whoever reads row by row knows. */
const LONG_CELL = 1 << 18;

/** Null where something is not as it should be, or patients do not ascend: the check of the file says what. */
export function encodeSuppliedPiece({ piece, kinds, fields }: SuppliedPiece): EncodedSupply | null {
  const rows = rowsOfPiece(piece);
  if (rows === null) return null;
  const cells = piece.isFirst ? rows.slice(1) : rows;
  const isOdd = (row: readonly string[]): boolean =>
    row.length !== fields.length || row.some(({ length }) => length > LONG_CELL);
  if (cells.some(isOdd)) return null;
  const columns = kinds.map(suppliedColumn);
  const batch = readable(() => gatherRows(columns, fields, cells));
  const [ids] = batch?.columns ?? [];
  if (batch === null || ids?.type !== "int" || !ascend(ids.values)) return null;
  const bytes = csvEncoder(columns.map(({ column }) => column))(batch);
  return { bytes, rows: batch.rows, ends: [ids.values[0] ?? NaN, ids.values.at(-1) ?? NaN] };
}

function readable<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

function ascend(ids: Float64Array): boolean {
  for (let row = 1; row < ids.length; row++) {
    if (!((ids[row] ?? NaN) > (ids[row - 1] ?? NaN))) return false;
  }
  return true;
}
