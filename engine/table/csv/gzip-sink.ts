/**
 * A sink whose bytes arrive gzipped, in parts that are packed without each other: side by side where the program
 * waits for them, and by threads that write several files, each on its own core and one part beside it. One member, so
 * that every program reads it whole. The same bytes in give the same bytes out, however they are cut.
 */
import { promisify } from "node:util";
import { isMainThread } from "node:worker_threads";
import { constants, crc32, deflateRaw, deflateRawSync } from "node:zlib";
import type { ZlibOptions } from "node:zlib";

import type { AtomicFile } from "../../files/atomic-file.ts";

export interface ByteSink {
  /** The bytes may be reused when the promise is fulfilled. */
  write(bytes: Uint8Array): Promise<void>;
  end(): Promise<void>;
}

/** Bytes that are packed as one part. */
const PART = 1 << 18;

/** How far back the packing looks for what stood there before: it may look into the part before. */
const WINDOW = 1 << 15;

/** As many parts as Node packs at once. */
const NODE_PACKS = 4;

/** RFC 1952: no name, no time stamp, and no operating system in the header. */
const HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);

/** RFC 1951: a last part without bytes; those before it end on whole bytes. */
const LAST_PART = Uint8Array.of(3, 0);

/** Level 6. The bytes do not depend on who packs. */
export function gzipped(file: Pick<AtomicFile, "write">, packers = ownPackers()): ByteSink {
  const part = new Uint8Array(PART);
  const state: Packing = { file, part, at: 0, before: null, packed: [], packers };
  let [checksum, length] = [0, 0];
  state.packed.push(Promise.resolve(HEADER));
  return {
    async write(bytes) {
      checksum = crc32(bytes, checksum);
      length = (length + bytes.length) >>> 0;
      for (let from = 0; from < bytes.length;) {
        const piece = bytes.subarray(from, from + PART - state.at);
        state.part.set(piece, state.at);
        state.at += piece.length;
        from += piece.length;
        if (state.at === PART) await packPart(state);
      }
    },
    async end() {
      if (state.at > 0) await packPart(state);
      const trailer = new DataView(new ArrayBuffer(8));
      trailer.setUint32(0, checksum, true);
      trailer.setUint32(4, length, true);
      for (const packed of state.packed.splice(0)) await file.write(await packed);
      await file.write(LAST_PART);
      await file.write(new Uint8Array(trailer.buffer));
    },
  };
}

interface Packing {
  readonly file: Pick<AtomicFile, "write">;
  part: Uint8Array;
  /** `part` is filled up to here. */
  at: number;
  /** The end of the part before. */
  before: Uint8Array | null;
  readonly packed: Promise<Uint8Array>[];
  readonly packers: Packers;
}

export interface Packers {
  /** Parts packed at once. */
  readonly most: number;
  readonly pack: (part: Uint8Array, before: Uint8Array | null) => Promise<Uint8Array>;
}

/** Begins to pack the part, and waits while too many are in flight. */
async function packPart(state: Packing): Promise<void> {
  const part = state.part.subarray(0, state.at);
  const packing = state.packers.pack(part, state.before);
  // Awaited in order, later.
  packing.catch(() => undefined);
  state.packed.push(packing);
  state.before = part.subarray(Math.max(0, part.length - WINDOW));
  state.part = new Uint8Array(PART);
  state.at = 0;
  while (state.packed.length > state.packers.most) {
    const first = state.packed.shift();
    if (first !== undefined) await state.file.write(await first);
  }
}

const deflated = promisify<Uint8Array, ZlibOptions, Buffer>(deflateRaw);

function ownPackers(): Packers {
  return { most: NODE_PACKS, pack: isMainThread ? packBeside : packHereOrBeside() };
}

/** By one of the threads that Node has for all of the program. */
export function packBeside(part: Uint8Array, before: Uint8Array | null): Promise<Uint8Array> {
  return deflated(part, packingOptions(before));
}

/** One part at a time beside this thread, as far as those have time for it, and the others here. */
function packHereOrBeside(): Packers["pack"] {
  let isBusy = false;
  return async (part, before) => {
    if (isBusy) return packedPart(part, before);
    isBusy = true;
    return packBeside(part, before).finally(() => {
      isBusy = false;
    });
  };
}

/** A part of the stream, and what stands before it: up to 32 KiB, into which the packing may look. */
export function packedPart(part: Uint8Array, before: Uint8Array | null): Uint8Array {
  return deflateRawSync(part, packingOptions(before));
}

function packingOptions(before: Uint8Array | null): ZlibOptions {
  return {
    ...{ level: 6, finishFlush: constants.Z_SYNC_FLUSH },
    ...(before === null ? {} : { dictionary: before }),
  };
}
