/** A Stata file read from front to back: the stretch that is in memory, and where it is. */
import { fail } from "../problems.ts";
import { openByteSource } from "../csv/byte-source.ts";
import type { ByteSource, CsvFile } from "../csv/byte-source.ts";
import { textOfBytes } from "../csv/cell-bytes.ts";
import type { CellPlace } from "../csv/cell-bytes.ts";
import { SLACK } from "../csv/text-dictionary.ts";
import { LONGEST_TEXT, mustBeShort } from "../csv/text-limits.ts";
import type { DtaLayout } from "./dta-layout.ts";

export interface DtaCursor {
  readonly file: string;
  readonly source: ByteSource;
  /** The memory goes on behind the bytes, see `SLACK`. */
  bytes: Uint8Array;
  view: DataView;
  /** First byte not yet used. */
  from: number;
  /** Behind the last byte that was read. */
  to: number;
  /** Of `from`, in the file. */
  position: number;
}

const FIRST_BYTES = 1 << 16;

export async function openDtaCursor({ file, gzip }: CsvFile): Promise<DtaCursor> {
  const source = await openByteSource({ file, gzip });
  return { file, source, ...memory(FIRST_BYTES), from: 0, to: 0, position: 0 };
}

function memory(size: number): Pick<DtaCursor, "bytes" | "view"> {
  const buffer = new ArrayBuffer(size + SLACK);
  return { bytes: new Uint8Array(buffer, 0, size), view: new DataView(buffer) };
}

export function failForDamage({ file }: Pick<DtaCursor, "file">, where: string): never {
  return fail("broken-stata-file", { file, where });
}

/** Has so many bytes in memory from `from` on. Problem: broken-stata-file where the file ends before. */
export async function need(cursor: DtaCursor, count: number, part: string): Promise<void> {
  if (cursor.to - cursor.from >= count) return;
  makeRoom(cursor, count);
  while (cursor.to < count) {
    const read = await cursor.source.read(cursor.bytes, cursor.to);
    if (read === 0) failForDamage(cursor, `it ends in ${part}`);
    cursor.to += read;
  }
}

function makeRoom(cursor: DtaCursor, count: number): void {
  const { bytes, from, to } = cursor;
  if (count > bytes.length) {
    Object.assign(cursor, memory(Math.max(count, 2 * bytes.length)));
    cursor.bytes.set(bytes.subarray(from, to));
  } else {
    bytes.copyWithin(0, from, to);
  }
  cursor.from = 0;
  cursor.to = to - from;
}

/** The next bytes, and moves behind them; they hold until the next call. */
export async function take(cursor: DtaCursor, count: number, part: string): Promise<Uint8Array> {
  await need(cursor, count, part);
  const taken = cursor.bytes.subarray(cursor.from, cursor.from + count);
  moveOn(cursor, count);
  return taken;
}

export function moveOn(cursor: DtaCursor, count: number): void {
  cursor.from += count;
  cursor.position += count;
}

/** Moves on to a position of the file without looking at what is between. */
export async function skipTo(cursor: DtaCursor, position: number, part: string): Promise<void> {
  if (position < cursor.position) failForDamage(cursor, `its map is wrong about ${part}`);
  while (cursor.position < position) {
    await need(cursor, 1, part);
    moveOn(cursor, Math.min(position - cursor.position, cursor.to - cursor.from));
  }
}

/** Moves behind a tag such as `<data>`. Problem: broken-stata-file where it is not there. */
export async function expectTag(cursor: DtaCursor, tag: string): Promise<void> {
  const found = await take(cursor, tag.length, `the tag ${tag}`);
  if (Buffer.from(found).toString("latin1") !== tag) failForDamage(cursor, `no tag ${tag}`);
}

/** Problem: broken-stata-file where something follows. */
export async function expectEnd(cursor: DtaCursor): Promise<void> {
  const more = cursor.to > cursor.from || (await cursor.source.read(cursor.bytes, 0)) > 0;
  if (more) failForDamage(cursor, "something follows its end");
}

/** Exact up to 2^53; beyond, near enough to be refused. */
export function unsigned(bytes: Uint8Array, littleEndian: boolean): number {
  let value = 0;
  for (let i = 0; i < bytes.length; i++) {
    value = value * 256 + (bytes[littleEndian ? bytes.length - 1 - i : i] ?? 0);
  }
  return value;
}

/** Little-endian. */
export function unsignedBytes(value: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let rest = value;
  for (let i = 0; i < length; i++) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
}

const western = new TextDecoder("windows-1252");

/** Exactly as it stands. Problem: not-utf8-text; format 117 has no UTF-8 and is read as Windows-1252. */
export function textOf(layout: DtaLayout, bytes: Uint8Array, place: () => CellPlace): string {
  mustBeShort(bytes.length, LONGEST_TEXT, place);
  return layout.encoding === "utf-8" ? textOfBytes(bytes, place) : western.decode(bytes);
}
