/** Columns as the guest is told of them, and as it hands them over: numbers in a head, buffers behind it. */
import { isRecord } from "../../base/is-record.ts";
import { widthOf } from "../../table/buffers/column-buffers.ts";
import type {
  BufferColumn,
  BufferType,
  ColumnBuffers,
  FilledColumn,
  MomentUnit,
} from "../../table/buffers/column-buffers.ts";

interface ColumnHead {
  /** Bytes, one piece after another: what is recorded, then the data, then those of `values`. */
  readonly recorded: number | null;
  readonly data: number;
  readonly words: readonly string[] | null;
  readonly values: ColumnHead | null;
}

export function columnHead({ recorded, data, words, values }: ColumnBuffers): ColumnHead {
  return {
    ...{ recorded: recorded?.length ?? null, data: data.length, words },
    values: values === null ? null : columnHead(values),
  };
}

export function columnPieces({ recorded, data, values }: ColumnBuffers): readonly Uint8Array[] {
  const own = recorded === null ? [data] : [recorded, data];
  return values === null ? own : [...own, ...columnPieces(values)];
}

/** A column that a guest hands over; null where its head and its bytes do not agree. */
export function filledColumn(head: unknown, bytes: Uint8Array): FilledColumn | null {
  if (!isRecord(head)) return null;
  const { name, type: asked, codes: coded, buffers: parts } = head;
  const type = typeIn(asked);
  if (typeof name !== "string" || type === null) return null;
  const codes = isRecord(coded) ? { isOrdered: coded["isOrdered"] === true } : null;
  const buffers = buffersIn(parts, { name, type, codes }, bytes)?.buffers;
  return buffers === undefined ? null : { name, type, codes, buffers };
}

const UNITS: readonly MomentUnit[] = ["s", "ms", "us", "ns"];

function typeIn(asked: unknown): BufferType | null {
  if (!isRecord(asked)) return null;
  const { kind, bits, signed, unit, zone } = asked;
  switch (kind) {
    case "bool":
    case "text":
    case "null":
    case "day":
      return { kind };
    case "int":
    case "float": {
      const known = [8, 16, 32, 64].find((each) => each === bits);
      if (known === undefined) return null;
      return kind === "int"
        ? { kind, bits: known, signed: signed === true }
        : { kind, bits: known };
    }
    case "moment": {
      const known = UNITS.find((each) => each === unit);
      return known === undefined
        ? null
        : { kind, unit: known, zone: typeof zone === "string" ? zone : null };
    }
    default:
      return null;
  }
}

interface Taken {
  readonly buffers: ColumnBuffers;
  readonly rest: Uint8Array;
}

/** Each buffer as long as its rows, and each code the place of a value. */
function buffersIn(head: unknown, column: BufferColumn, bytes: Uint8Array): Taken | null {
  if (!isRecord(head)) return null;
  const { recorded: marks, data: length, words: texts, values: coded } = head;
  const recorded = typeof marks === "number" ? bytes.subarray(0, marks) : null;
  const from = recorded?.length ?? 0;
  if (typeof length !== "number" || length % (widthOf(column) || 1) !== 0) return null;
  const data = bytes.subarray(from, from + length);
  if (data.length !== length || (typeof marks === "number" && from !== marks)) return null;
  const words = Array.isArray(texts) ? texts.map(String) : null;
  const rest = bytes.subarray(from + length);
  const plain = { name: "", type: column.type, codes: null };
  const inner = column.codes === null ? null : buffersIn(coded, plain, rest);
  if (column.codes !== null && inner === null) return null;
  const buffers = { recorded, data, words, values: inner?.buffers ?? null };
  return isWhole(column, buffers) ? { buffers, rest: inner?.rest ?? rest } : null;
}

function isWhole(column: BufferColumn, { recorded, data, words, values }: ColumnBuffers): boolean {
  const width = widthOf(column);
  if (recorded !== null && width > 0 && recorded.length !== data.length / width) return false;
  const plain = { type: column.type, codes: null };
  const most =
    column.codes !== null
      ? (values?.data.length ?? 0) / (widthOf(plain) || 1)
      : column.type.kind === "text"
        ? (words?.length ?? 0)
        : null;
  if (most === null) return true;
  const places = Buffer.from(data.buffer, data.byteOffset, data.length);
  for (let at = 0; at < places.length; at += 4) if (places.readInt32LE(at) >= most) return false;
  return true;
}
