/**
 * The files that git tracks, read from its index: no git is started, and nothing that a repository says
 * is run or followed. Versions 2, 3 and 4; git's documentation `index-format`.
 */
import type { HashBytes } from "./repository-folder.ts";

export interface IndexEntry {
  /** From the top of the repository. A folder, of a sparse index, ends in "/". */
  readonly path: string;
  readonly mode: number;
  /** Above 0 while a merge waits for a decision. */
  readonly stage: number;
  /** Named by `git add --intent-to-add`, and not added yet. */
  readonly isOnlyNamed: boolean;
  /** Where it starts. */
  readonly at: number;
}

export interface GitIndex {
  readonly bytes: Buffer;
  readonly hashBytes: HashBytes;
  readonly entries: readonly IndexEntry[];
  /** Not split: other files are not needed to know it. */
  readonly isWhole: boolean;
  /** The tree that a commit of it would be, where git has noted that. */
  readonly tree: string | null;
}

/** Null where the bytes are no index. */
export function readIndex(bytes: Buffer, hashBytes: HashBytes): GitIndex | null {
  if (bytes.length < 12 || bytes.toString("latin1", 0, 4) !== "DIRC") return null;
  const [version, count] = [bytes.readUInt32BE(4), bytes.readUInt32BE(8)];
  if (version < 2 || version > 4) return null;
  const entries: IndexEntry[] = [];
  let at = 12;
  let previous = "";
  for (let i = 0; i < count; i++) {
    const entry = entryAt(bytes, at, { version, hashBytes, previous });
    if (entry === null) return null;
    at = entry.end;
    previous = entry.name;
    // Names that share a beginning are cut by bytes, so those of version 4 are kept as such until now.
    const path = version === 4 ? Buffer.from(entry.name, "latin1").toString("utf8") : entry.name;
    const { mode, stage, isOnlyNamed, start } = entry;
    entries.push({ path, mode, stage, isOnlyNamed, at: start });
  }
  const parts = partsFrom(bytes, at, hashBytes);
  const tree = notedTree(parts.get("TREE") ?? null, hashBytes);
  return { bytes, hashBytes, entries, isWhole: !parts.has("link"), tree };
}

interface Entry {
  readonly name: string;
  readonly mode: number;
  readonly stage: number;
  readonly isOnlyNamed: boolean;
  readonly start: number;
  readonly end: number;
}

interface Reading {
  readonly version: number;
  readonly hashBytes: number;
  /** Of version 4: its bytes, as letters. */
  readonly previous: string;
}

const MODE_AT = 24;
const STAT_BYTES = 40;
/** Of version 4, where each name may go on from the one before: longer than any path of a file system. */
const MOST_NAME_BYTES = 4096;
const EXTENDED = 0x4000;
const ONLY_NAMED = 0x2000;

function entryAt(bytes: Buffer, at: number, reading: Reading): Entry | null {
  const { version, hashBytes, previous } = reading;
  const flagsAt = at + STAT_BYTES + hashBytes;
  if (flagsAt + 4 > bytes.length) return null;
  const mode = bytes.readUInt32BE(at + MODE_AT);
  const flags = bytes.readUInt16BE(flagsAt);
  const isExtended = version > 2 && (flags & EXTENDED) !== 0;
  const isOnlyNamed = isExtended && (bytes.readUInt16BE(flagsAt + 2) & ONLY_NAMED) !== 0;
  const known = { mode, stage: (flags >> 12) & 3, isOnlyNamed, start: at };
  const nameAt = flagsAt + (isExtended ? 4 : 2);
  if (version === 4) {
    const cut = varintAt(bytes, nameAt);
    const stop = bytes.indexOf(0, cut.end);
    if (cut.value > previous.length || stop === -1) return null;
    if (previous.length - cut.value > MOST_NAME_BYTES) return null;
    const kept = previous.slice(0, previous.length - cut.value);
    return { ...known, name: kept + bytes.toString("latin1", cut.end, stop), end: stop + 1 };
  }
  // Lengths of 4,095 and more are written as that.
  const length = flags & 0xfff;
  const stop = length < 0xfff ? nameAt + length : bytes.indexOf(0, nameAt);
  if (bytes[stop] !== 0) return null;
  // An entry fills eights of bytes, with one 0 at least.
  const end = at + Math.ceil((stop - at + 1) / 8) * 8;
  return { ...known, name: bytes.toString("utf8", nameAt, stop), end };
}

function varintAt(bytes: Buffer, start: number): { value: number; end: number } {
  let at = start;
  let byte = bytes[at] ?? 0;
  let value = byte & 127;
  while ((byte & 128) !== 0) {
    at += 1;
    byte = bytes[at] ?? 0;
    value = (value + 1) * 128 + (byte & 127);
  }
  return { value, end: at + 1 };
}

/** Behind the entries stand parts of four letters and a length; the last is the sum over all. */
function partsFrom(bytes: Buffer, start: number, hashBytes: number): ReadonlyMap<string, Buffer> {
  const parts = new Map<string, Buffer>();
  for (let at = start; at + 8 <= bytes.length - hashBytes;) {
    const end = at + 8 + bytes.readUInt32BE(at + 4);
    parts.set(bytes.toString("latin1", at, at + 4), bytes.subarray(at + 8, end));
    at = end;
  }
  return parts;
}

/** Of the top: a name of no letters and a 0, files and folders as digits, the object; -1 where not known. */
function notedTree(part: Buffer | null, hashBytes: number): string | null {
  const stop = part?.indexOf(10) ?? -1;
  if (part === null || stop === -1) return null;
  const isKnown = /^\0\d+ \d+$/.test(part.toString("latin1", 0, Math.min(stop, 40)));
  return isKnown ? part.toString("hex", stop + 1, stop + 1 + hashBytes) : null;
}

/** No submodule, and no folder of a sparse index. */
export function isFile({ mode }: IndexEntry): boolean {
  const kind = mode >>> 12;
  return kind === 0o10 || kind === 0o12;
}

export function isSubmodule({ mode }: IndexEntry): boolean {
  return mode >>> 12 === 0o16;
}

/** The name of the object that it was added as. */
export function objectOf({ bytes, hashBytes }: GitIndex, { at }: IndexEntry): string {
  return bytes.toString("hex", at + STAT_BYTES, at + STAT_BYTES + hashBytes);
}
