/** A feather file's columns as buffers, with the types that the file has. */
import { fail } from "../problems.ts";
import type {
  BufferColumn,
  BufferTable,
  BufferType,
  ColumnBuffers,
  MomentUnit,
} from "../buffers/column-buffers.ts";
import { bytesOfBits, widthOf } from "../buffers/column-buffers.ts";
import { bitAt, view } from "../columns/fixed-values.ts";
import { zstdReady } from "../compression/zstd.ts";
import { brokenFeather, decoded, messageOf, openArrowFile } from "./arrow-file.ts";
import type { ArrowFile } from "./arrow-file.ts";
import { readBatchHeader } from "./arrow-message.ts";
import type { ArrowField, ArrowType, TextType } from "./arrow-schema.ts";
import { bufferOf, fieldPlaces } from "./batch-buffers.ts";
import type { ArrowBatch, FieldPlace } from "./batch-buffers.ts";
import { dictionaryParts } from "./dictionary-values.ts";
import type { DictionaryParts } from "./dictionary-values.ts";
import { textDecoder } from "./text-decoder.ts";

/** Problems: file-not-found and kin, wrong-magic, broken-table, unsupported-column-type. */
export async function openFeatherBuffers(file: string): Promise<BufferTable> {
  const arrow = await openArrowFile(file);
  try {
    await zstdReady();
    const batches = arrow.footer.batches.map((block): ArrowBatch => {
      const message = messageOf(arrow, block);
      return { arrow, block, header: decoded(file, () => readBatchHeader(message)) };
    });
    const rows = batches.reduce((sum, { header }) => sum + rowsIn(arrow, header.rows), 0);
    const parts = dictionaryParts(arrow);
    return {
      rows,
      columns: arrow.footer.fields.map((field) => bufferColumn(file, field)),
      pandas: arrow.footer.metadata.get("pandas") ?? "",
      read: (column) => Promise.resolve(columnOf({ arrow, batches, parts, rows }, column)),
      close: () => arrow.handle.close(),
    };
  } catch (error) {
    await arrow.handle.close();
    throw error;
  }
}

const MOST_ROWS = 2 ** 31;

function rowsIn({ file }: ArrowFile, rows: number): number {
  return rows >= 0 && rows < MOST_ROWS ? rows : brokenFeather(file);
}

interface OpenBuffers {
  readonly arrow: ArrowFile;
  readonly batches: readonly ArrowBatch[];
  readonly parts: DictionaryParts;
  readonly rows: number;
}

/** What a file says of a column. Problem: unsupported-column-type. */
export function bufferColumn(file: string, { name, type, dictionary }: ArrowField): BufferColumn {
  const codes = dictionary === null ? null : { isOrdered: dictionary.isOrdered };
  return { name, type: bufferType(type) ?? refuse(file, name, type), codes };
}

function refuse(file: string, column: string, type: ArrowType): never {
  return fail("unsupported-column-type", { file, column, type: nameOf(type) });
}

function nameOf(type: ArrowType): string {
  return type.kind === "other" ? type.name : type.kind;
}

const UNITS: readonly MomentUnit[] = ["s", "ms", "us", "ns"];

/** Null where no program that we serve has it. */
function bufferType(type: ArrowType): BufferType | null {
  switch (type.kind) {
    case "bool":
    case "null":
      return { kind: type.kind };
    case "int":
    case "float":
      return [8, 16, 32, 64].includes(type.bits) ? type : null;
    case "text":
    case "large-text":
    case "text-view":
      return { kind: "text" };
    case "time": {
      if (type.isDay === true) return { kind: "day" };
      const unit = UNITS.find((_, at) => 86_400 * 1000 ** at === type.perDay);
      return unit === undefined ? null : { kind: "moment", unit, zone: type.zone ?? null };
    }
    case "other":
      return null;
  }
}

function columnOf({ arrow, batches, parts, rows }: OpenBuffers, at: number): ColumnBuffers {
  const { fields } = arrow.footer;
  const field = fields[at] ?? brokenFeather(arrow.file);
  const placed = batches.map((batch): Placed => {
    const place = fieldPlaces(batch, fields)[at] ?? brokenFeather(arrow.file);
    return { batch, place, rows: batch.header.rows };
  });
  const { dictionary } = field;
  if (dictionary === null) return plain(field, placed, rows);
  const own: ArrowField = { ...field, dictionary: null };
  const values = (parts.get(dictionary.id) ?? []).map(({ header, block }): Placed => {
    const batch = { arrow, block, header: header.batch };
    const [place] = fieldPlaces(batch, [own]);
    return { batch, place: place ?? brokenFeather(arrow.file), rows: header.batch.rows };
  });
  const count = values.reduce((sum, each) => sum + rowsIn(arrow, each.rows), 0);
  const data = codesOf(field, placed, rows, count);
  return { recorded: null, data, words: null, values: plain(own, values, count) };
}

interface Placed {
  readonly batch: ArrowBatch;
  readonly place: FieldPlace;
  readonly rows: number;
}

/** More of a column than a program's memory takes. */
const LONGEST = 2 ** 31;

function plain(field: ArrowField, placed: readonly Placed[], rows: number): ColumnBuffers {
  const { type } = field;
  const file = placed[0]?.batch.arrow.file ?? "";
  if (type.kind === "text" || type.kind === "large-text" || type.kind === "text-view") {
    return textsOf({ name: field.name, type }, placed, rows);
  }
  const column = bufferColumn(file, field);
  const width = widthOf(column);
  if (rows * width > LONGEST) fail("unsupported-table", { file, what: "columns above 2 GiB" });
  const data = new Uint8Array(rows * width);
  const recorded = recordedOf(placed, rows);
  let from = 0;
  for (const each of width === 0 ? [] : placed) {
    data.set(valuesOf(each, type, width), from * width);
    from += each.rows;
  }
  return { recorded: type.kind === "null" ? null : recorded, data, words: null, values: null };
}

/** Exactly the bytes of the rows. Days come out in 4 bytes however they were counted. */
function valuesOf({ batch, place, rows }: Placed, type: ArrowType, width: number): Uint8Array {
  const bytes = bufferOf(batch, place.region + 1);
  const bits = "bits" in type ? type.bits : 1;
  if (bytes.length * 8 < rows * bits) return brokenFeather(batch.arrow.file);
  if (type.kind === "bool") return bytesOfBits(bytes, rows);
  if (type.kind !== "time" || type.isDay !== true || bits === 32) {
    return bytes.subarray(0, rows * width);
  }
  const days = view(bytes, BigInt64Array, rows);
  return new Uint8Array(Int32Array.from(days, (each) => Number(each / BigInt(type.perDay))).buffer);
}

function recordedOf(placed: readonly Placed[], rows: number): Uint8Array | null {
  if (placed.every((each) => bitsOf(each) === null)) return null;
  const recorded = new Uint8Array(rows).fill(1);
  let from = 0;
  for (const each of placed) {
    const bits = bitsOf(each);
    if (bits !== null) recorded.set(bytesOfBits(bits, each.rows), from);
    from += each.rows;
  }
  return recorded;
}

/** Null where every row of the batch has a value. */
function bitsOf({ batch, place, rows }: Placed): Uint8Array | null {
  const { file } = batch.arrow;
  const node = batch.header.nodes[place.node];
  if (node?.length !== rows) return brokenFeather(file);
  const bits = node.missing === 0 ? null : bufferOf(batch, place.region);
  if (bits === null || bits.length === 0) return null;
  return bits.length * 8 < rows ? brokenFeather(file) : bits;
}

interface TextField {
  readonly name: string;
  readonly type: TextType;
}

function textsOf({ name, type }: TextField, placed: readonly Placed[], rows: number) {
  const data = new Int32Array(rows);
  const most = Math.max(0, ...placed.map((each) => each.rows));
  const decode = textDecoder(type, most);
  let words: readonly string[] = [];
  let from = 0;
  for (const { batch, place, rows: count } of placed) {
    const { file } = batch.arrow;
    const read = decode(batch, place, count);
    const values = read(0, count, (row) => ({ file, column: name, row: from + row + 1 }));
    if (values.kind !== "coded") throw new Error("texts are read as codes");
    data.set(values.codes.subarray(0, count), from);
    words = decode.words;
    from += count;
  }
  return { recorded: null, data: new Uint8Array(data.buffer), words, values: null };
}

/** Places among the values; -1 where nothing is recorded. */
function codesOf(
  { dictionary }: ArrowField,
  placed: readonly Placed[],
  rows: number,
  count: number,
): Uint8Array {
  const codes = new Int32Array(rows);
  const index = dictionary?.index;
  let from = 0;
  for (const each of placed) {
    const { file } = each.batch.arrow;
    if (index?.kind !== "int") return brokenFeather(file);
    const bits = bitsOf(each);
    const bytes = valuesOf(each, index, index.bits / 8);
    const code = codeReader(bytes, index.bits, each.rows);
    for (let row = 0; row < each.rows; row++) {
      const isThere = bits === null || bitAt(bits, row) === 1;
      const place = isThere ? code(row) : -1;
      if (place < -1 || place >= count || (isThere && place < 0)) return brokenFeather(file);
      codes[from + row] = place;
    }
    from += each.rows;
  }
  return new Uint8Array(codes.buffer);
}

/** A code is never negative, and less than 2^31. */
function codeReader(bytes: Uint8Array, bits: number, rows: number): (row: number) => number {
  const step = bits / 32;
  if (bits >= 32) {
    const words = view(bytes, Uint32Array, rows * step);
    return (row) => words[row * step] ?? -1;
  }
  const words = bits === 8 ? bytes : view(bytes, Uint16Array, rows);
  return (row) => words[row] ?? -1;
}
