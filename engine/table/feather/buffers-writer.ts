/** Columns as buffers, written as a feather file with the types that they have. */
import {
  Bool,
  compressionRegistry,
  CompressionType,
  DateDay,
  Dictionary,
  Field,
  Float16,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  Int8,
  makeData,
  Null,
  RecordBatch,
  Schema,
  Struct,
  TimestampMicrosecond,
  TimestampMillisecond,
  TimestampNanosecond,
  TimestampSecond,
  Uint16,
  Uint32,
  Uint64,
  Uint8,
  Utf8,
} from "apache-arrow";
import type { Data, DataType } from "apache-arrow";
import { unreachable } from "../../base/problems.ts";
import { bitsOfBytes, widthOf } from "../buffers/column-buffers.ts";
import type { BufferType, FilledColumn, MomentUnit } from "../buffers/column-buffers.ts";
import { view } from "../columns/fixed-values.ts";
import { packZstd, zstdReady } from "../compression/zstd.ts";
import { CohortFileWriter } from "./cohort-file-writer.ts";

const BATCH_ROWS = 65_536;

export interface FilledTable {
  readonly rows: number;
  readonly columns: readonly FilledColumn[];
  /** What pandas says of the table, as JSON. */
  readonly pandas: string;
}

/** The whole file, packed with zstd. Columns are as long as the table. */
export async function featherOfBuffers(table: FilledTable): Promise<Uint8Array> {
  await zstdReady();
  compressionRegistry.set(CompressionType.ZSTD, { encode: packZstd });
  const { rows, columns, pandas } = table;
  const types = columns.map(typeOf);
  const fields = columns.map(({ name }, at) => new Field(name, types[at] ?? new Null(), true));
  const schema = new Schema(fields, new Map(pandas === "" ? [] : [["pandas", pandas]]));
  const writer = new CohortFileWriter({ compressionType: CompressionType.ZSTD });
  writer.reset(undefined, schema);
  for (let from = 0; from < rows; from += BATCH_ROWS) {
    const count = Math.min(BATCH_ROWS, rows - from);
    const children = columns.map((column, at) =>
      dataOf(column, types[at] ?? new Null(), { from, count }),
    );
    const data = makeData({ type: new Struct(fields), length: count, nullCount: 0, children });
    writer.write(Object.assign(new RecordBatch(schema, data), { schema }));
  }
  for (const [id, { buffers, type }] of columns.entries()) {
    const { values } = buffers;
    if (values === null) continue;
    const column: FilledColumn = { name: "", type, codes: null, buffers: values };
    const count = values.data.length / widthOf(column);
    writer.writeValues(id, dataOf(column, plainType(type), { from: 0, count }));
  }
  writer.finish();
  return Buffer.concat(writer.take());
}

interface Rows {
  readonly from: number;
  readonly count: number;
}

/** Codes of a dictionary, known by the place of its column. */
function typeOf({ type, codes }: FilledColumn, id: number): DataType {
  const plain = plainType(type);
  return codes === null ? plain : new Dictionary(plain, new Int32(), id, codes.isOrdered);
}

function plainType(type: BufferType): DataType {
  switch (type.kind) {
    case "bool":
      return new Bool();
    case "text":
      return new Utf8();
    case "null":
      return new Null();
    case "day":
      return new DateDay();
    case "int":
      return wholeType(type.bits, type.signed);
    case "float":
      return type.bits === 64 ? new Float64() : type.bits === 32 ? new Float32() : new Float16();
    case "moment":
      return new MOMENTS[type.unit](type.zone);
    default:
      return unreachable(type);
  }
}

const MOMENTS = {
  s: TimestampSecond,
  ms: TimestampMillisecond,
  us: TimestampMicrosecond,
  ns: TimestampNanosecond,
} satisfies Readonly<Record<MomentUnit, unknown>>;

function wholeType(bits: number, signed: boolean): DataType {
  switch (bits) {
    case 8:
      return signed ? new Int8() : new Uint8();
    case 16:
      return signed ? new Int16() : new Uint16();
    case 32:
      return signed ? new Int32() : new Uint32();
    default:
      return signed ? new Int64() : new Uint64();
  }
}

function dataOf(column: FilledColumn, type: DataType, rows: Rows): Data {
  const { buffers, codes } = column;
  const { from, count: length } = rows;
  if (column.type.kind === "null") return makeData({ type: new Null(), length });
  const width = widthOf(column);
  const bytes = buffers.data.subarray(from * width, (from + length) * width);
  const isCoded = codes !== null || column.type.kind === "text";
  const places = isCoded ? view(bytes, Int32Array, length) : null;
  const recorded =
    places === null
      ? (buffers.recorded?.subarray(from, from + length) ?? null)
      : Uint8Array.from(places, (place) => (place < 0 ? 0 : 1));
  const missing = recorded?.reduce((sum, each) => sum + (each === 0 ? 1 : 0), 0) ?? 0;
  const nullBitmap = missing === 0 || recorded === null ? null : bitsOfBytes(recorded);
  const nulls = { length, nullCount: missing, nullBitmap };
  if (places !== null && codes === null) {
    return makeData({ type: new Utf8(), ...nulls, ...textsAt(buffers.words ?? [], places) });
  }
  if (column.type.kind === "bool" && codes === null) {
    return makeData({ type: new Bool(), ...nulls, data: bitsOfBytes(bytes) });
  }
  const data = places?.map((place) => Math.max(place, 0)) ?? aligned(bytes, width);
  return makeData({ type, ...nulls, data } as unknown as Parameters<typeof makeData>[0]);
}

/** As an array of the width that Arrow's type expects. */
function aligned(bytes: Uint8Array, width: number): ArrayBufferView {
  const length = bytes.length / width;
  switch (width) {
    case 8:
      return view(bytes, BigInt64Array, length);
    case 4:
      return view(bytes, Int32Array, length);
    case 2:
      return view(bytes, Int16Array, length);
    default:
      return bytes;
  }
}

function textsAt(
  words: readonly string[],
  places: Int32Array,
): { readonly valueOffsets: Int32Array; readonly data: Uint8Array } {
  const bytes = words.map((each) => Buffer.from(each));
  const texts = Array.from(places, (place) => bytes[place] ?? Buffer.alloc(0));
  const valueOffsets = new Int32Array(texts.length + 1);
  texts.forEach(({ length }, at) => {
    valueOffsets[at + 1] = (valueOffsets[at] ?? 0) + length;
  });
  return { valueOffsets, data: Buffer.concat(texts) };
}
