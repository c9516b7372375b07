/** What a program is reported a file: its type, size and a number of its own. Times stand still. */
import type { GuestMemory } from "./guest-memory.ts";
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
}

export function fileStat(open: OpenFile): FileStat {
  const path = "path" in open ? open.path : "";
  const size = open.kind === "file" ? open.file.length : 0;
  return { type: typeOf(open), size, number: numberOf(path) };
}

export function pathStat(path: string, kind: "file" | "folder", size: number): FileStat {
  return { type: kind === "folder" ? FOLDER : REGULAR, size, number: numberOf(path) };
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

export function writeStat(memory: GuestMemory, at: number, { type, size, number }: FileStat): void {
  memory.writeLong(at, 1n);
  memory.writeLong(at + 8, number);
  memory.writeLong(at + 16, BigInt(type));
  memory.writeLong(at + 24, 1n);
  memory.writeLong(at + 32, BigInt(size));
  for (const time of [40, 48, 56]) memory.writeLong(at + time, TIME);
}
