/** What a program is reported a file: its type, size and a number of its own. Times stand still unless its host says them. */
import type { GuestMemory } from "./guest-memory.ts";
import type { GuestTree } from "./guest-tree.ts";
import type { OpenFile } from "./open-files.ts";

const CHARACTER_DEVICE = 2;
export const FOLDER = 3;
const REGULAR = 4;

/** Null is a file that is not open. */
export function typeOf(open: OpenFile | null): number {
  if (open?.kind === "folder") return FOLDER;
  return open === null || open.kind === "file" ? REGULAR : CHARACTER_DEVICE;
}

export interface FileStat {
  readonly type: number;
  readonly size: number;
  readonly number: bigint;
  /** Nanoseconds since 1970. */
  readonly modified: bigint;
}

export function fileStat(open: OpenFile): FileStat {
  const path = "path" in open ? open.path : "";
  const size = open.kind === "file" ? open.file.length : 0;
  const modified = open.kind === "file" ? (open.file.modified ?? TIME) : TIME;
  return { type: typeOf(open), size, number: numberOf(path), modified };
}

/** Null where there is nothing. */
export function pathStat(tree: GuestTree, path: string): FileStat | null {
  const kind = tree.kindOf(path);
  if (kind === null) return null;
  const size = kind === "file" ? tree.sizeOf(path) : 0;
  const modified = tree.timeOf?.(path) ?? TIME;
  return { type: kind === "folder" ? FOLDER : REGULAR, size, number: numberOf(path), modified };
}

/** Python tells files apart by it, and asks whether one has changed. */
function numberOf(path: string): bigint {
  let hash = 0x811c9dc5;
  let other = 5381;
  for (let i = 0; i < path.length; i++) {
    const code = path.charCodeAt(i);
    hash = Math.imul(hash ^ code, 0x01000193) >>> 0;
    other = (Math.imul(other, 33) + code) >>> 0;
  }
  return (BigInt(hash) << 20n) | BigInt(other & 0xfffff);
}

const TIME = 1_577_836_800_000_000_000n;

export function writeStat(memory: GuestMemory, at: number, stat: FileStat): void {
  const { type, size, number, modified } = stat;
  memory.writeLong(at, 1n);
  memory.writeLong(at + 8, number);
  memory.writeLong(at + 16, BigInt(type));
  memory.writeLong(at + 24, 1n);
  memory.writeLong(at + 32, BigInt(size));
  for (const time of [40, 48, 56]) memory.writeLong(at + time, modified);
}
