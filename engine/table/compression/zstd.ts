/** Zstandard, which Node 20 lacks: Facebook's own code as WebAssembly, the one user of that package. */
import zstd from "@foxglove/wasm-zstd";

/** The package's own default. */
const LEVEL = 3;

/** To be awaited once before anything is packed or unpacked. */
export async function zstdReady(): Promise<void> {
  await zstd.isLoaded;
}

export function packZstd(bytes: Uint8Array): Uint8Array {
  return zstd.compress(bytes, LEVEL);
}

/** A block has at most 128 KiB, and at least four bytes when packed. */
const DENSEST = (128 * 1024) / 4;

/** Null if the bytes are damaged, or do not unpack to that length. */
export function unpackZstd(packed: Uint8Array, length: number): Uint8Array | null {
  // WebAssembly never gives back memory that it took for a length which was not true.
  if (length > packed.length * DENSEST) return null;
  try {
    const bytes = zstd.decompress(packed, length);
    return bytes.length === length ? bytes : null;
  } catch {
    return null;
  }
}
