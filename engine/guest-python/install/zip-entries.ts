/** The files of a zip archive, as PyPI's wheels are: stored or deflated, found by the list at its end. */
import { inflateRawSync } from "node:zlib";

export interface ZipEntry {
  readonly name: string;
  readonly bytes: () => Uint8Array;
}

const END = 0x0605_4b50;
const LISTED = 0x0201_4b50;
const STORED = 0;
const DEFLATED = 8;
const END_BYTES = 22;
const LONGEST_COMMENT = 65_535;

/** Throws for what is no such archive. */
export function zipEntries(archive: Uint8Array): readonly ZipEntry[] {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.length);
  const end = endOf(bytes);
  const entries: ZipEntry[] = [];
  for (let at = bytes.readUInt32LE(end + 16), i = 0; i < bytes.readUInt16LE(end + 10); i++) {
    if (bytes.readUInt32LE(at) !== LISTED) throw new Error("the archive's list is broken");
    const [name, more, comment] = [28, 30, 32].map((each) => bytes.readUInt16LE(at + each));
    const listed = at;
    const start = at + 46;
    entries.push({
      name: bytes.toString("utf8", start, start + (name ?? 0)),
      bytes: () => contents(bytes, listed),
    });
    at = start + (name ?? 0) + (more ?? 0) + (comment ?? 0);
  }
  return entries;
}

function endOf(bytes: Buffer): number {
  const first = Math.max(0, bytes.length - END_BYTES - LONGEST_COMMENT);
  for (let at = bytes.length - END_BYTES; at >= first; at--) {
    if (bytes.readUInt32LE(at) === END) return at;
  }
  throw new Error("the file is no zip archive");
}

function contents(bytes: Buffer, listed: number): Uint8Array {
  const method = bytes.readUInt16LE(listed + 10);
  const [packed, whole, place] = [20, 24, 42].map((at) => bytes.readUInt32LE(listed + at));
  const at = place ?? 0;
  const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  const part = bytes.subarray(start, start + (packed ?? 0));
  if (method === STORED) return part;
  if (method !== DEFLATED) throw new Error(`the archive is packed by method ${method}`);
  return inflateRawSync(part, { maxOutputLength: whole ?? 0 });
}
