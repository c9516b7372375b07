/** A column of a piece of rows, filled cell by cell from the bytes that the server sends for its type. */
import { ROWS_OF_A_CHUNK } from "../database/session.ts";
import { PostgresqlFault } from "./postgresql-error.ts";

/** The same bytes, as what reads numbers fast and as what makes texts. */
export interface Piece {
  readonly bytes: Buffer;
  readonly view: DataView;
}

export interface BinaryColumn {
  readonly take: (row: number, piece: Piece, from: number, until: number) => void;
  readonly miss: (row: number) => void;
  /** 0 where missing. Fault: number-range, where one of 64 bits is beyond what a double holds. */
  readonly numbers: (rows: number) => Int32Array | Float64Array;
  /** Null where missing. */
  readonly values: (rows: number) => readonly unknown[];
}

/** As the server numbers them: these never change. */
const INT8 = 20;
const INT2 = 21;
const INT4 = 23;
const FLOAT8 = 701;
const TEXTS: ReadonlySet<number> = new Set([25, 1043]);

/** Every column of our statements is cast to one of these types. */
export function binaryColumn(type: number): BinaryColumn {
  if (TEXTS.has(type)) return textColumn();
  if (type === INT8) return longColumn();
  if (type === FLOAT8) {
    const cells = new Float64Array(ROWS_OF_A_CHUNK);
    return numberColumn(cells, (row, { view }, from) => {
      cells[row] = view.getFloat64(from);
    });
  }
  const cells = new Int32Array(ROWS_OF_A_CHUNK);
  if (type === INT4)
    return numberColumn(cells, (row, { view }, from) => {
      cells[row] = view.getInt32(from);
    });
  if (type === INT2)
    return numberColumn(cells, (row, { view }, from) => {
      cells[row] = view.getInt16(from);
    });
  throw new Error(`a column of type ${type}`);
}

interface Missing {
  readonly miss: (row: number) => void;
  readonly there: (row: number) => void;
  readonly is: (row: number) => boolean;
}

/** Most columns miss nothing, and pay nothing for it. */
function missing(): Missing {
  const cells = new Uint8Array(ROWS_OF_A_CHUNK);
  let isAny = false;
  return {
    miss: (row) => {
      cells[row] = 1;
      isAny = true;
    },
    there: (row) => {
      if (isAny) cells[row] = 0;
    },
    is: (row) => isAny && cells[row] === 1,
  };
}

function numberColumn(
  cells: Int32Array | Float64Array,
  take: (row: number, piece: Piece, from: number) => void,
): BinaryColumn {
  const gaps = missing();
  return {
    take: (row, piece, from) => {
      gaps.there(row);
      take(row, piece, from);
    },
    miss: (row) => {
      gaps.miss(row);
      cells[row] = 0;
    },
    numbers: (rows) => cells.subarray(0, rows),
    values: (rows) => Array.from(cells.subarray(0, rows), (n, row) => (gaps.is(row) ? null : n)),
  };
}

/** From here on not every whole number is a double. */
const HIGH = 0x20_0000;

/** Whole numbers of 64 bits: as doubles where all are exact, and exactly in any case. */
function longColumn(): BinaryColumn {
  const high = new Int32Array(ROWS_OF_A_CHUNK);
  const low = new Uint32Array(ROWS_OF_A_CHUNK);
  const gaps = missing();
  const isExact = (row: number): boolean => {
    const top = high[row] ?? 0;
    return top < HIGH && (top > -HIGH || (top === -HIGH && (low[row] ?? 0) > 0));
  };
  const numberAt = (row: number): number => (high[row] ?? 0) * 2 ** 32 + (low[row] ?? 0);
  return {
    take: (row, { view }, from) => {
      gaps.there(row);
      high[row] = view.getInt32(from);
      low[row] = view.getUint32(from + 4);
    },
    miss: (row) => {
      gaps.miss(row);
      high[row] = 0;
      low[row] = 0;
    },
    numbers: (rows) => {
      const numbers = new Float64Array(rows);
      for (let row = 0; row < rows; row++) {
        if (!isExact(row)) throw new PostgresqlFault({ kind: "number-range" });
        numbers[row] = numberAt(row);
      }
      return numbers;
    },
    values: (rows) =>
      Array.from({ length: rows }, (_, row) => {
        if (gaps.is(row)) return null;
        return isExact(row)
          ? numberAt(row)
          : (BigInt(high[row] ?? 0) << 32n) | BigInt(low[row] ?? 0);
      }),
  };
}

function textColumn(): BinaryColumn {
  const cells: (string | null)[] = Array.from({ length: ROWS_OF_A_CHUNK }, () => null);
  const textOf = knownTexts();
  return {
    take: (row, { bytes }, from, until) => {
      cells[row] = textOf(bytes, from, until);
    },
    miss: (row) => {
      cells[row] = null;
    },
    numbers: () => {
      throw new Error("texts are no numbers");
    },
    values: (rows) => cells.slice(0, rows),
  };
}

const SLOTS = 1024;
const LONGEST = 32;

/** Most columns have few texts: one that was made lately is found by its bytes, which takes less than making it again. */
function knownTexts(): (bytes: Buffer, from: number, until: number) => string {
  const known: (Known | undefined)[] = Array.from({ length: SLOTS }, () => undefined);
  return (bytes, from, until) => {
    const length = until - from;
    if (length > LONGEST) return bytes.toString("utf8", from, until);
    let sum = length;
    for (let at = from; at < until; at++) sum = (Math.imul(sum, 31) + (bytes[at] ?? 0)) | 0;
    const slot = (sum ^ (sum >>> 10)) & (SLOTS - 1);
    const found = known[slot];
    if (found !== undefined && isSame(found.bytes, bytes, from, length)) return found.text;
    const text = bytes.toString("utf8", from, until);
    known[slot] = { bytes: Uint8Array.prototype.slice.call(bytes, from, until), text };
    return text;
  };
}

interface Known {
  readonly bytes: Uint8Array;
  readonly text: string;
}

function isSame(known: Uint8Array, bytes: Buffer, from: number, length: number): boolean {
  if (known.length !== length) return false;
  for (let i = 0; i < length; i++) if (known[i] !== bytes[from + i]) return false;
  return true;
}
