/** Objects of a pack, which holds most of them as differences to others. git's `gitformat-pack`. */
import { inflated, MOST_OBJECT_BYTES } from "./git-object.ts";
import type { GitObject } from "./git-object.ts";
import { applyDelta, sizeAt } from "./pack-delta.ts";
import { withPlainFile } from "./plain-file.ts";
import type { PlainReader } from "./plain-file.ts";

export interface PackSearch {
  /** Its path without `.pack`. */
  readonly pack: string;
  readonly hashBytes: number;
}

export function findInPack(search: PackSearch, id: string): GitObject | null {
  const at = placeOf(search, id);
  if (at === null) return null;
  return withPlainFile(`${search.pack}.pack`, (file) => objectAt(file, at, search));
}

function placeOf({ pack, hashBytes }: PackSearch, id: string): number | null {
  const wanted = Buffer.from(id, "hex");
  return withPlainFile(`${pack}.idx`, (index) => offsetOf(index, wanted, hashBytes));
}

const FANOUT_AT = 8;
const NAMES_AT = FANOUT_AT + 256 * 4;
const BEYOND = 0x80000000;

/** Version 2: how many names begin with at most each byte; the names, sorted; sums; offsets; far offsets. */
function offsetOf(index: PlainReader, wanted: Buffer, hashBytes: number): number | null {
  const head = index.read(0, NAMES_AT);
  if (head.length < NAMES_AT || head.readUInt32BE(0) !== 0xff744f63) return null;
  if (head.readUInt32BE(4) !== 2) return null;
  const first = wanted[0] ?? 0;
  const upTo = (byte: number): number => (byte < 0 ? 0 : head.readUInt32BE(FANOUT_AT + byte * 4));
  const found = between([upTo(first - 1), upTo(first)], (i) =>
    wanted.compare(index.read(NAMES_AT + i * hashBytes, hashBytes)),
  );
  if (found === null) return null;
  const offsetsAt = NAMES_AT + upTo(255) * (hashBytes + 4);
  const near = index.read(offsetsAt + found * 4, 4).readUInt32BE(0);
  if (near < BEYOND) return near;
  const far = offsetsAt + upTo(255) * 4 + (near - BEYOND) * 8;
  return Number(index.read(far, 8).readBigUInt64BE(0));
}

function between(
  [from, to]: readonly [number, number],
  compare: (at: number) => number,
): number | null {
  let [low, high] = [from, to];
  while (low < high) {
    // Not by shifting: numbers of a damaged index may be beyond what that holds, and it would never end.
    const middle = Math.floor((low + high) / 2);
    const order = compare(middle);
    if (order === 0) return middle;
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return null;
}

const TYPES = ["", "commit", "tree", "blob", "tag", "", "offset", "name"];
const MOST_HEAD_BYTES = 64;
/** git itself stops at 4,095. */
const MOST_DELTAS = 4096;

interface Packed {
  readonly type: string;
  /** For a difference: where in this pack that is to which it is one, or its name. */
  readonly base: number | string | null;
  readonly bytes: Buffer;
}

/** What it is a difference to lies in the same pack: git completes those that it is sent. */
function objectAt(file: PlainReader, start: number, search: PackSearch): GitObject | null {
  const deltas: Buffer[] = [];
  let bytes = 0;
  for (let at: number | null = start; at !== null && deltas.length <= MOST_DELTAS;) {
    const packed = packedAt(file, at, search.hashBytes);
    if (packed === null) return null;
    if (packed.base === null) return withDeltas(packed, deltas);
    bytes += packed.bytes.length;
    if (bytes > MOST_OBJECT_BYTES) return null;
    deltas.push(packed.bytes);
    at = typeof packed.base === "string" ? placeOf(search, packed.base) : packed.base;
  }
  return null;
}

function withDeltas(base: GitObject, deltas: readonly Buffer[]): GitObject | null {
  let { bytes } = base;
  for (const delta of [...deltas].reverse()) {
    const next = applyDelta(bytes, delta, MOST_OBJECT_BYTES);
    if (next === null) return null;
    bytes = next;
  }
  return { type: base.type, bytes };
}

/** Type and length, what it is a difference to, and the packed bytes. */
function packedAt(file: PlainReader, at: number, hashBytes: number): Packed | null {
  const head = file.read(at, MOST_HEAD_BYTES + hashBytes);
  const first = head[0] ?? 0;
  const type = TYPES[(first >> 4) & 7] ?? "";
  const rest = first >= 128 ? sizeAt(head, 1) : { value: 0, end: 1 };
  const size = (first & 15) + rest.value * 16;
  if (type === "" || size > MOST_OBJECT_BYTES) return null;
  let start = rest.end;
  let base: Packed["base"] = null;
  if (type === "name") {
    base = head.toString("hex", start, start + hashBytes);
    start += hashBytes;
  } else if (type === "offset") {
    const back = backAt(head, start);
    base = at - back.value;
    start = back.end;
    if (base >= at || base <= 0) return null;
  }
  // Packing makes bytes longer by few in a thousand at most.
  const bytes = inflated(file.read(at + start, size + (size >>> 9) + 128), size + 1);
  return bytes?.length === size ? { type, base, bytes } : null;
}

function backAt(bytes: Buffer, start: number): { value: number; end: number } {
  let at = start;
  let byte = bytes[at] ?? 0;
  let value = byte & 127;
  while (byte >= 128) {
    at += 1;
    byte = bytes[at] ?? 0;
    value = (value + 1) * 128 + (byte & 127);
  }
  return { value, end: at + 1 };
}
