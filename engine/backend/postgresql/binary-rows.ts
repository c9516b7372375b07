/** Rows as COPY sends them in binary, as pieces of columns: a row is read once, into the columns that it belongs to. */
import { ROWS_OF_A_CHUNK } from "../database/session.ts";
import type { ColumnChunk, TypedArray, TypedArrayType } from "../database/session.ts";
import { binaryColumn } from "./binary-column.ts";
import type { BinaryColumn, Piece } from "./binary-column.ts";

/** The signature, flags, and how long the rest of the head is, which is nothing so far. */
const HEAD = 19;
/** In the place of a number of columns. */
const END = -1;

export interface PieceReader {
  /** The rows of as many bytes as are there; pieces that are full. What is left is read with the next bytes. */
  readonly read: (bytes: Buffer) => Iterable<ColumnChunk>;
  /** The rows that are left. */
  readonly end: () => Iterable<ColumnChunk>;
}

/** `types` are the numbers that the server gives them. */
export function pieceReader(types: readonly number[]): PieceReader {
  const columns = types.map(binaryColumn);
  const held = heldBytes();
  let skipped = HEAD;
  let rows = 0;
  const full = (): ColumnChunk => {
    const piece = chunk(columns, rows);
    rows = 0;
    return piece;
  };
  return {
    read: function* (bytes) {
      const piece = held.with(bytes);
      let at = 0;
      if (skipped > 0) {
        at = Math.min(skipped, piece.view.byteLength);
        skipped -= at;
      }
      for (;;) {
        const next = readRow(piece, at, columns, rows);
        if (next < 0) break;
        at = next;
        if (++rows === ROWS_OF_A_CHUNK) yield full();
      }
      held.keepFrom(at);
    },
    end: function* () {
      if (rows > 0) yield full();
    },
  };
}

/** Bytes that are not read yet and those that come, always in the same memory: none is left behind for each piece. */
function heldBytes() {
  let memory = Buffer.allocUnsafeSlow(0);
  let length = 0;
  return {
    with: (bytes: Buffer): Piece => {
      if (memory.length < length + bytes.length) {
        const larger = Buffer.allocUnsafeSlow(2 * (length + bytes.length));
        memory.copy(larger, 0, 0, length);
        memory = larger;
      }
      bytes.copy(memory, length);
      length += bytes.length;
      return { bytes: memory, view: new DataView(memory.buffer, 0, length) };
    },
    keepFrom: (at: number): void => {
      memory.copyWithin(0, at, length);
      length -= at;
    },
  };
}

/** Where the next row begins; below 0 where the row is not there as a whole, or was the last. */
function readRow(
  piece: Piece,
  from: number,
  columns: readonly BinaryColumn[],
  row: number,
): number {
  const { view } = piece;
  const length = view.byteLength;
  if (length - from < 2 || view.getInt16(from) === END) return -1;
  let at = from + 2;
  for (const column of columns) {
    if (length - at < 4) return -1;
    const size = view.getInt32(at);
    at += 4;
    if (size < 0) column.miss(row);
    else {
      if (length - at < size) return -1;
      column.take(row, piece, at, at + size);
      at += size;
    }
  }
  return at;
}

/** Of the columns themselves, which the next piece fills anew. */
function chunk(columns: readonly BinaryColumn[], rows: number): ColumnChunk {
  const columnAt = (place: number): BinaryColumn => {
    const column = columns[place];
    if (column === undefined) throw new Error(`no column ${place}`);
    return column;
  };
  return {
    rows,
    raw: <T extends TypedArray>(place: number, type: TypedArrayType<T>): T => {
      const numbers = columnAt(place).numbers(rows);
      if (numbers instanceof type) return numbers;
      const to = new type(new ArrayBuffer(rows * type.BYTES_PER_ELEMENT), 0, rows);
      for (let i = 0; i < rows; i++) to[i] = numbers[i] ?? 0;
      return to;
    },
    values: (place) => columnAt(place).values(rows),
  };
}
