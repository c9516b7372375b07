/**
 * The files that git tracks, read from its index: no git is started, and nothing that a repository says
 * is run or followed. Versions 2, 3 and 4; git's documentation `index-format`.
 */

/** Paths from the top of the repository; null where the bytes are no index. */
export function trackedPaths(index: Buffer, hashBytes: 20 | 32): readonly string[] | null {
  if (index.length < 12 || index.toString("latin1", 0, 4) !== "DIRC") return null;
  const [version, count] = [index.readUInt32BE(4), index.readUInt32BE(8)];
  if (version < 2 || version > 4) return null;
  const paths: string[] = [];
  let at = 12;
  let previous = Buffer.alloc(0);
  for (let i = 0; i < count; i++) {
    const entry = entryAt(index, at, { version, hashBytes, previous });
    if (entry === null) return null;
    at = entry.end;
    previous = entry.name;
    if (isFile(entry.mode)) paths.push(entry.name.toString("utf8"));
  }
  return paths;
}

interface Entry {
  readonly name: Buffer<ArrayBuffer>;
  readonly mode: number;
  readonly end: number;
}

interface Reading {
  readonly version: number;
  readonly hashBytes: number;
  readonly previous: Buffer<ArrayBuffer>;
}

const MODE_AT = 24;
const STAT_BYTES = 40;
const EXTENDED = 0x4000;

function entryAt(
  index: Buffer,
  at: number,
  { version, hashBytes, previous }: Reading,
): Entry | null {
  const flagsAt = at + STAT_BYTES + hashBytes;
  if (flagsAt + 4 > index.length) return null;
  const mode = index.readUInt32BE(at + MODE_AT);
  const isExtended = version > 2 && (index.readUInt16BE(flagsAt) & EXTENDED) !== 0;
  let start = flagsAt + (isExtended ? 4 : 2);
  let kept = 0;
  if (version === 4) {
    const cut = varintAt(index, start);
    start = cut.end;
    kept = previous.length - cut.value;
    if (kept < 0) return null;
  }
  const stop = index.indexOf(0, start);
  if (stop === -1) return null;
  const name = Buffer.concat([previous.subarray(0, kept), index.subarray(start, stop)]);
  // Up to version 3 an entry fills eights of bytes, with one 0 at least.
  const end = version === 4 ? stop + 1 : at + Math.ceil((stop - at + 1) / 8) * 8;
  return { name, mode, end };
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

/** No submodule, and no folder of a sparse index. */
function isFile(mode: number): boolean {
  const kind = mode >>> 12;
  return kind === 0o10 || kind === 0o12;
}
