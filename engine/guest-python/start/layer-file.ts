/** One layer of a start image as a file: where its blocks go in the memory, then the blocks. */
import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { BLOCK_BYTES, changedBlocks } from "../../wasi/memory-image.ts";
import { PAGE_BYTES } from "../../wasi/web-assembly.ts";
import type { WasmMemory } from "../../wasi/web-assembly.ts";

interface Header {
  /** Of the whole memory. */
  readonly pages: number;
  /** Blocks that lie side by side. */
  readonly runs: readonly Run[];
}

type Run = readonly [start: number, length: number];

const LENGTH_BYTES = 4;

/** What differs from the memory before. */
export function writeLayer(file: string, memory: Buffer, before: Buffer): void {
  const runs = runsOf(changedBlocks(memory, before));
  const header = { pages: memory.length / PAGE_BYTES, runs } satisfies Header;
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(text.length);
  const descriptor = openSync(file, "wx");
  try {
    const blocks = runs.map(([start, bytes]) => memory.subarray(start, start + bytes));
    for (const bytes of [length, text, ...blocks]) writeWhole(descriptor, bytes);
  } finally {
    closeSync(descriptor);
  }
}

function runsOf(starts: readonly number[]): readonly Run[] {
  const runs: [start: number, length: number][] = [];
  for (const start of starts) {
    const last = runs.at(-1);
    if (last !== undefined && last[0] + last[1] === start) last[1] += BLOCK_BYTES;
    else runs.push([start, BLOCK_BYTES]);
  }
  return runs;
}

function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
}

/** Into the memory, with no copy in between. Throws, a bug, for a file that was cut. */
export function restoreLayer(file: string, memory: WasmMemory): void {
  const descriptor = openSync(file, "r");
  try {
    const length = Buffer.alloc(LENGTH_BYTES);
    readWhole(descriptor, length);
    const text = Buffer.alloc(length.readUInt32LE());
    readWhole(descriptor, text);
    const { pages, runs } = JSON.parse(text.toString()) as Header;
    const missing = pages - memory.buffer.byteLength / PAGE_BYTES;
    if (missing > 0) memory.grow(missing);
    for (const [start, bytes] of runs) {
      readWhole(descriptor, new Uint8Array(memory.buffer, start, bytes));
    }
  } finally {
    closeSync(descriptor);
  }
}

function readWhole(descriptor: number, into: Uint8Array): void {
  for (let done = 0; done < into.length;) {
    const read = readSync(descriptor, into, done, into.length - done, null);
    if (read === 0) throw new Error("a layer of the start image ends too early");
    done += read;
  }
}
