/** How pages are packed, as far as they are unpacked here. */
import { gunzipSync } from "node:zlib";

import { unpackLz4Block } from "../compression/lz4-block.ts";
import { unpackSnappy } from "../compression/snappy.ts";

/** The bytes unpacked to that length. A RangeError where they are damaged, or of another length. */
export type Unpack = (packed: Uint8Array, length: number) => Uint8Array;

const NONE = 0;
const SNAPPY = 1;
const GZIP = 2;
const ZSTD = 6;
const LZ4_RAW = 7;

/** Numbers of the codecs that are unpacked here. */
export const knownCodecs: ReadonlySet<number> = new Set([NONE, SNAPPY, GZIP, ZSTD, LZ4_RAW]);

/** What unpacks each of those codecs; the library of zstd is loaded where one of them needs it. */
export async function unpackers(codecs: readonly number[]): Promise<(codec: number) => Unpack> {
  const zstd = codecs.includes(ZSTD) ? await zstdUnpack() : damaged;
  return (codec) => {
    switch (codec) {
      case NONE:
        return asItIs;
      case SNAPPY:
        return (packed, length) => unpackSnappy(packed, length) ?? damaged();
      case GZIP:
        return gunzip;
      case ZSTD:
        return zstd;
      case LZ4_RAW:
        return unpackLz4;
      default:
        return damaged;
    }
  };
}

function damaged(): never {
  throw new RangeError("packed bytes that are damaged");
}

function asItIs(bytes: Uint8Array, length: number): Uint8Array {
  return bytes.length === length ? bytes : damaged();
}

/** A byte of length stands for 255 at most. */
function unpackLz4(packed: Uint8Array, length: number): Uint8Array {
  if (length > packed.length * 255) return damaged();
  const out = new Uint8Array(length);
  return unpackLz4Block(packed, out, 0) === length ? out : damaged();
}

function gunzip(packed: Uint8Array, length: number): Uint8Array {
  try {
    // One byte more tells a longer page from a whole one.
    const bytes = gunzipSync(packed, { maxOutputLength: length + 1 });
    return bytes.length === length ? bytes : damaged();
  } catch {
    return damaged();
  }
}

async function zstdUnpack(): Promise<Unpack> {
  const { unpackZstd, zstdReady } = await import("../compression/zstd.ts");
  await zstdReady();
  return (packed, length) => unpackZstd(packed, length) ?? damaged();
}
