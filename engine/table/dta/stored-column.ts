/**
 * How a column gets into a Stata file. Its type, the width of its texts and the number of rows stand
 * before the first row, so all rows are first packed into a file beside, and then put in their places.
 */
import type { BatchColumn } from "../cohort-schema.ts";
import type { StorageType } from "./storage-type.ts";

/** First time through the rows: what they hold decides how they are stored. */
export interface PackedColumn {
  /** Takes over the values of a batch; throws where they are not of the declared type (a bug). */
  use(values: BatchColumn): void;
  /** The most bytes that a cell of this batch can have. */
  longest(): number;
  /** Some rows of the batch as bytes, which may be those of the batch itself. */
  pack(first: number, count: number): readonly Uint8Array[];
  /** When all rows are packed. */
  stored(): StoredColumn;
}

/** Places of one column in consecutive rows. */
export interface CellPlaces {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Of the cell in the first row. */
  readonly at: number;
  /** Bytes of a row. */
  readonly stride: number;
  readonly count: number;
  /** Number of the first row in the file, from 1. */
  readonly firstRow: number;
  /** Number of the column in the file, from 1. */
  readonly column: number;
}

export interface StoredColumn {
  readonly type: StorageType;
  readonly displayFormat: string;
  /** Bytes that its long texts take behind the rows. */
  readonly longTextBytes: number;
  /** Second time through: puts packed cells in their places. */
  put(packed: Uint8Array, places: CellPlaces): void;
}

/** The columns of a chunk are packed one behind the other; numbers need their own memory. */
export function ownMemory(packed: Uint8Array): ArrayBuffer {
  return packed.slice().buffer;
}

/** The bytes of some numbers, without copying. */
export function bytesOf(values: Int32Array | Float64Array | Uint32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
