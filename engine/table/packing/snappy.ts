/**
 * Unpacking snappy, the compression that Spark, pandas and DuckDB choose by default for parquet. Written here
 * from the published format: of what there is in JavaScript, a hostile length sends one back in the input for ever.
 */

/** Fills `out` exactly, or gives false: then the bytes are damaged or of another length. */
export function unpackSnappy(packed: Uint8Array, out: Uint8Array): boolean {
  const start = afterLength(packed, out.length);
  if (start < 0) return false;
  let to = 0;
  for (let at = start; at < packed.length;) {
    const tag = packed[at++] ?? 0;
    const kind = tag & 3;
    if (kind === LITERAL) {
      let length = tag >> 2;
      if (length >= LONG_LITERAL) {
        const width = length - LONG_LITERAL + 1;
        length = littleEndian(packed, at, width);
        at += width;
      }
      length++;
      if (at + length > packed.length || to + length > out.length) return false;
      putLiteral(packed, at, { out, to, length });
      at += length;
      to += length;
      continue;
    }
    const width = kind === NEAR ? 1 : kind === FAR ? 4 : 2;
    const length = kind === NEAR ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
    const distance = littleEndian(packed, at, width) + (kind === NEAR ? (tag >> 5) << 8 : 0);
    at += width;
    if (distance === 0 || distance > to || to + length > out.length) return false;
    // Byte by byte: where both overlap, what was just written is repeated.
    for (const end = to + length; to < end; to++) out[to] = out[to - distance] ?? 0;
  }
  return to === out.length;
}

const LITERAL = 0;
const NEAR = 1;
const FAR = 3;

/** From here on, the length stands in the bytes behind the tag. */
const LONG_LITERAL = 60;

/** In front stands the unpacked length. Gives the place behind it, or a negative one. */
function afterLength(packed: Uint8Array, expected: number): number {
  let length = 0;
  for (let at = 0; at < 5; at++) {
    const byte = packed[at] ?? 0;
    length += (byte & 127) * 2 ** (7 * at);
    if (byte < 128) return length === expected && at < packed.length ? at + 1 : -1;
  }
  return -1;
}

/** Never negative; bytes behind the last count as 0. */
function littleEndian(packed: Uint8Array, at: number, width: number): number {
  const low = (packed[at] ?? 0) | (width > 1 ? (packed[at + 1] ?? 0) << 8 : 0);
  if (width < 3) return low;
  return (
    low + (packed[at + 2] ?? 0) * 65_536 + (width > 3 ? (packed[at + 3] ?? 0) * 16_777_216 : 0)
  );
}

interface Target {
  readonly out: Uint8Array;
  readonly to: number;
  readonly length: number;
}

/** A short one is copied faster by hand. */
function putLiteral(packed: Uint8Array, at: number, { out, to, length }: Target): void {
  if (length > 32) out.set(packed.subarray(at, at + length), to);
  else for (let i = 0; i < length; i++) out[to + i] = packed[at + i] ?? 0;
}
