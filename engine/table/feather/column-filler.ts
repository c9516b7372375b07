/** One column of a cohort gathered into Arrow arrays of a fixed number of rows. */
import {
  Bool,
  Dictionary,
  Float64,
  Int32,
  Int64,
  makeData,
  makeVector,
  TimestampMillisecond,
  Utf8,
} from "apache-arrow";
import type { Data, DataType } from "apache-arrow";

import { unreachable } from "../../base/problems.ts";
import { isLong, NO_DATE, NO_FLAG } from "../cohort-schema.ts";
import type { BatchColumn, CohortColumn } from "../cohort-schema.ts";
import { MISSING_CODE } from "../columns/typed-table.ts";
import { valueList } from "../columns/value-list.ts";
import type { ValueList } from "../columns/value-list.ts";
import { failForType } from "../csv/cell-column.ts";

/** Rows of a batch. */
export interface RowRange {
  readonly from: number;
  readonly count: number;
  /** Where the first of them goes. */
  readonly at: number;
}

export interface ColumnFiller {
  readonly type: DataType;
  /** Throws where the values are not of the declared type (a bug). */
  put(values: BatchColumn, rows: RowRange): void;
  /** The first `rows` values, valid until the next `put`. */
  data(rows: number): Data;
  /** The words of a coded column; null for any other. */
  readonly words: ValueList | null;
}

/** A number is a number, and 0 is not missing; NaN and NO_FLAG are. */
export function columnFiller(column: CohortColumn, id: number, size: number): ColumnFiller {
  switch (column.type) {
    case "bool":
      return boolFiller(size);
    case "int":
      return isLong(column) ? longFiller(size) : intFiller(size);
    case "float":
      return floatFiller(size);
    case "date":
      return dateFiller(size);
    case "str":
      return textFiller(id, size);
    default:
      return unreachable(column);
  }
}

function boolFiller(size: number): ColumnFiller {
  const type = new Bool();
  const bits = new Uint8Array(Math.ceil(size / 8));
  const presence = noneMissing(size);
  return {
    type,
    words: null,
    put: (values, { from, count, at }) => {
      if (values.type !== "bool") return failForType("bool");
      for (let row = 0; row < count; row++) {
        const flag = values.values[from + row];
        if (flag === NO_FLAG) markMissing(presence, at + row);
        putBit(bits, at + row, flag !== 0 && flag !== NO_FLAG);
      }
    },
    data: (rows) => {
      // Bits behind the last row are of an earlier batch: the same rows must give the same bytes.
      if (rows % 8 !== 0) bits[rows >> 3] = (bits[rows >> 3] ?? 0) & ((1 << (rows & 7)) - 1);
      const data = bits.subarray(0, (rows + 7) >> 3);
      return withPresence(presence, rows, (missing) => makeData({ type, data, ...missing }));
    },
  };
}

function putBit(bits: Uint8Array, place: number, on: boolean): void {
  const bit = 1 << (place & 7);
  const byte = bits[place >> 3] ?? 0;
  bits[place >> 3] = on ? byte | bit : byte & ~bit;
}

function intFiller(size: number): ColumnFiller {
  const type = new Int64();
  const halves = new Int32Array(2 * size);
  const longs = new BigInt64Array(halves.buffer);
  const presence = noneMissing(size);
  return {
    type,
    words: null,
    put: (values, { from, count, at }) => {
      if (values.type !== "int") return failForType("int");
      for (let row = 0; row < count; row++) {
        const value = values.values[from + row] ?? NaN;
        if (Number.isNaN(value)) markMissing(presence, at + row);
        putLong(halves, at + row, Number.isNaN(value) ? 0 : value);
      }
    },
    data: (rows) => {
      const data = longs.subarray(0, rows);
      return withPresence(presence, rows, (missing) => makeData({ type, data, ...missing }));
    },
  };
}

function longFiller(size: number): ColumnFiller {
  const type = new Int64();
  const longs = new BigInt64Array(size);
  return {
    type,
    words: null,
    put: (values, { from, count, at }) => {
      if (values.type !== "long") return failForType("long");
      longs.set(values.values.subarray(from, from + count), at);
    },
    data: (rows) => makeData({ type, length: rows, nullCount: 0, data: longs.subarray(0, rows) }),
  };
}

function floatFiller(size: number): ColumnFiller {
  const type = new Float64();
  const floats = new Float64Array(size);
  return {
    type,
    words: null,
    put: (values, { from, count, at }) => {
      if (values.type !== "float") return failForType("float");
      floats.set(values.values.subarray(from, from + count), at);
    },
    data: (rows) => makeData({ type, length: rows, nullCount: 0, data: floats.subarray(0, rows) }),
  };
}

const MILLISECONDS_A_DAY = 86_400_000;

/** Milliseconds reach beyond the year 9999; nanoseconds, as the reference has them, end in 2262. */
function dateFiller(size: number): ColumnFiller {
  const type = new TimestampMillisecond();
  const halves = new Int32Array(2 * size);
  const longs = new BigInt64Array(halves.buffer);
  const presence = noneMissing(size);
  return {
    type,
    words: null,
    put: (values, { from, count, at }) => {
      if (values.type !== "date") return failForType("date");
      for (let row = 0; row < count; row++) {
        const day = values.values[from + row] ?? NO_DATE;
        if (day === NO_DATE) markMissing(presence, at + row);
        putLong(halves, at + row, day === NO_DATE ? 0 : day * MILLISECONDS_A_DAY);
      }
    },
    data: (rows) => {
      const data = longs.subarray(0, rows);
      return withPresence(presence, rows, (missing) => makeData({ type, data, ...missing }));
    },
  };
}

function textFiller(id: number, size: number): ColumnFiller {
  // 32 bits for a code, because the number of words is not known when the type is written.
  const type = new Dictionary(new Utf8(), new Int32(), id);
  const codes = new Int32Array(size);
  const presence = noneMissing(size);
  const words = valueList();
  const nothingYet = makeVector(makeData({ type: new Utf8(), length: 0 }));
  return {
    type,
    words,
    put: (values, { from, count, at }) => {
      if (values.type !== "str") return failForType("str");
      words.use(values.values);
      for (let row = 0; row < count; row++) {
        const code = words.codeOf(values.codes[from + row] ?? 0);
        if (code === MISSING_CODE) markMissing(presence, at + row);
        codes[at + row] = code === MISSING_CODE ? 0 : code;
      }
    },
    data: (rows) => {
      const part = { type, data: codes.subarray(0, rows), dictionary: nothingYet };
      return withPresence(presence, rows, (missing) => makeData({ ...part, ...missing }));
    },
  };
}

interface Missing {
  readonly length: number;
  readonly nullCount: number;
  readonly nullBitmap?: Uint8Array;
}

function withPresence(presence: Presence, length: number, make: (missing: Missing) => Data): Data {
  const nullCount = presence.missing;
  const nullBitmap = startAgain(presence, length);
  return make({ length, nullCount, ...(nullCount === 0 ? {} : { nullBitmap }) });
}

/** Which of the gathered values are missing: a bit each, 1 where there is a value. */
interface Presence {
  bits: Uint8Array;
  missing: number;
}

function noneMissing(size: number): Presence {
  return { bits: new Uint8Array(Math.ceil(size / 8)).fill(0xff), missing: 0 };
}

function markMissing(presence: Presence, place: number): void {
  const { bits } = presence;
  bits[place >> 3] = (bits[place >> 3] ?? 0) & ~(1 << (place & 7));
  presence.missing++;
}

/** The bits of the first `length` values; from now on none is missing again. */
function startAgain(presence: Presence, length: number): Uint8Array {
  const bits = presence.bits.slice(0, (length + 7) >> 3);
  if (length % 8 !== 0) bits[length >> 3] = (bits[length >> 3] ?? 0) & ((1 << (length & 7)) - 1);
  presence.bits.fill(0xff);
  presence.missing = 0;
  return bits;
}

/** 64-bit numbers are made of halves, many times faster than by way of bigint. */
const HALF = 4_294_967_296;

/** Puts a whole number up to 2^53 at that place of little-endian 64-bit numbers. */
function putLong(halves: Int32Array, place: number, value: number): void {
  const high = Math.floor(value / HALF);
  halves[2 * place] = value - high * HALF;
  halves[2 * place + 1] = high;
}
