/**
 * Thrift's compact protocol, in which parquet keeps its metadata, as far as that uses it. Written here, because
 * no reader for it in JavaScript bounds what damaged bytes make it allocate or repeat. A RangeError wherever
 * bytes are none.
 */

/** Bytes, and how far they are read. */
export interface ThriftBytes {
  readonly bytes: Uint8Array;
  at: number;
}

/** Types of fields, as far as readers need to name them. */
const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const SHORT = 4;
const LONG = 6;
const DOUBLE = 7;
const BINARY = 8;
const LIST = 9;
const SET = 10;
const STRUCT = 12;

/**
 * Reads the fields of a struct. `read` is told the number and type of each, and says whether it has read
 * it; any other is passed over.
 */
export function readFields(
  source: ThriftBytes,
  read: (field: number, type: number) => boolean,
): void {
  let field = 0;
  for (;;) {
    const head = byteOf(source);
    const type = head & 15;
    if (head === 0) return;
    if (type === 0) throw new RangeError("a struct that ends in another way");
    field = head >> 4 === 0 ? zigZag(source) : field + (head >> 4);
    if (!read(field, type)) pass(source, type, 0);
  }
}

function byteOf(source: ThriftBytes): number {
  const byte = source.bytes[source.at++];
  if (byte === undefined) throw new RangeError("bytes that end too early");
  return byte;
}

/** Exact to 2^53, beyond which nothing in a file counts. */
function varInt(source: ThriftBytes): number {
  let value = 0;
  for (let scale = 1; scale < 2 ** 70; scale *= 128) {
    const byte = byteOf(source);
    value += (byte & 127) * scale;
    if (byte < 128) return value;
  }
  throw new RangeError("a number that does not end");
}

function zigZag(source: ThriftBytes): number {
  const value = varInt(source);
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

/** A whole number; beyond 2^53 it is not exact. */
export function numberField(source: ThriftBytes, type: number): number {
  if (type === BYTE) return (byteOf(source) << 24) >> 24;
  if (type < SHORT || type > LONG) throw new RangeError("another type than a number");
  return zigZag(source);
}

/** A number that counts rows, bytes or fields. */
export function countField(source: ThriftBytes, type: number): number {
  const count = numberField(source, type);
  if (count < 0 || !Number.isSafeInteger(count)) throw new RangeError("a count that cannot be");
  return count;
}

/** A flag is its own type. */
export function flagField(type: number): boolean {
  if (type !== TRUE && type !== FALSE) throw new RangeError("another type than a flag");
  return type === TRUE;
}

export function bytesField(source: ThriftBytes, type: number): Uint8Array {
  if (type !== BINARY) throw new RangeError("another type than bytes");
  const length = varInt(source);
  const from = source.at;
  if (length > source.bytes.length - from) throw new RangeError("more bytes than there are");
  source.at += length;
  return source.bytes.subarray(from, source.at);
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function textField(source: ThriftBytes, type: number): string {
  const bytes = bytesField(source, type);
  try {
    return decoder.decode(bytes);
  } catch {
    throw new RangeError("a name that is no text");
  }
}

/** As `readFields`, for a field that is a struct. */
export function structField(
  source: ThriftBytes,
  type: number,
  read: (field: number, type: number) => boolean,
): void {
  if (type !== STRUCT) throw new RangeError("another type than a struct");
  readFields(source, read);
}

/** The entries of a list, each of which `read` reads as the type it is told. */
export function listField<T>(
  source: ThriftBytes,
  type: number,
  read: (type: number) => T,
): readonly T[] {
  if (type !== LIST) throw new RangeError("another type than a list");
  const { length, of } = listHead(source);
  const entries: T[] = [];
  for (let entry = 0; entry < length; entry++) entries.push(read(of));
  return entries;
}

/** Every entry has a byte at least, so that a length tells in time that it cannot be. */
function listHead(source: ThriftBytes): { readonly length: number; readonly of: number } {
  const head = byteOf(source);
  const length = head >> 4 === 15 ? varInt(source) : head >> 4;
  if (length > source.bytes.length - source.at)
    throw new RangeError("a list longer than its bytes");
  return { length, of: head & 15 };
}

/** Deeper than any metadata, and less than what would exhaust the stack. */
const DEEPEST = 32;

function pass(source: ThriftBytes, type: number, depth: number): void {
  if (depth > DEEPEST) throw new RangeError("metadata nested too deeply");
  switch (type) {
    case TRUE:
    case FALSE:
      return;
    case DOUBLE:
      source.at += 8;
      return;
    case BINARY:
      bytesField(source, type);
      return;
    case LIST:
    case SET:
      passList(source, depth);
      return;
    case STRUCT:
      readFields(source, (_, inner) => {
        pass(source, inner, depth + 1);
        return true;
      });
      return;
    default:
      numberField(source, type);
  }
}

function passList(source: ThriftBytes, depth: number): void {
  const { length, of } = listHead(source);
  // A flag in a list has a byte of its own.
  const type = of === TRUE || of === FALSE ? BYTE : of;
  for (let entry = 0; entry < length; entry++) pass(source, type, depth + 1);
}
