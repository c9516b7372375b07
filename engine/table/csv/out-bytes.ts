/** The bytes of a file on their way out, handed over in pieces of one size. */
import type { AtomicFile } from "../../files/atomic-file.ts";

/**
 * `bytes` is filled up to `at`. Pieces have one size whatever the batches were, because what gzip
 * makes of a text may depend on the pieces it got.
 */
export interface OutBytes {
  bytes: Uint8Array;
  at: number;
}

const PIECE = 1 << 18;

export function outBytes(): OutBytes {
  return { bytes: new Uint8Array(2 * PIECE), at: 0 };
}

/** Makes room for `length` bytes in all. */
export function reserve(out: OutBytes, length: number): void {
  if (length <= out.bytes.length) return;
  const bytes = new Uint8Array(2 * length);
  bytes.set(out.bytes.subarray(0, out.at));
  out.bytes = bytes;
}

export function putBytes(out: OutBytes, bytes: Uint8Array): void {
  reserve(out, out.at + bytes.length);
  out.bytes.set(bytes, out.at);
  out.at += bytes.length;
}

/** Hands over all full pieces; with `all` the rest as well. */
export async function flush(
  out: OutBytes,
  sink: Pick<AtomicFile, "write">,
  all: boolean,
): Promise<void> {
  if (!all && out.at < PIECE) return;
  let from = 0;
  for (; out.at - from >= PIECE; from += PIECE) {
    await sink.write(out.bytes.subarray(from, from + PIECE));
  }
  if (all && out.at > from) {
    await sink.write(out.bytes.subarray(from, out.at));
    from = out.at;
  }
  out.bytes.copyWithin(0, from, out.at);
  out.at -= from;
}
