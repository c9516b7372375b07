/**
 * Unpacking snappy, the compression that Spark, pandas and DuckDB choose by default for parquet. Written here
 * from the published format: of what there is in JavaScript, a hostile length sends one back in the input for ever.
 */

/** Null if the bytes are damaged, or do not unpack to that length. */
export function unpackSnappy(packed: Uint8Array, length: number): Uint8Array | null {
  const start = afterLength(packed, length);
  // A repetition has at most 64 bytes, and two when packed.
  if (start < 0 || length > packed.length * 32) return null;
  const out = new Uint8Array(length);
  return fill(packed, start, out) ? out : null;
}

function fill(packed: Uint8Array, start: number, out: Uint8Array): boolean {
  let to = 0;
  for (let at = start; at < packed.length;) {
    const tag = packed[at++] ?? 0;
    const kind = tag & 3;
    const width = kind === LITERAL ? widthOfLength(tag) : kind === FAR ? 4 : kind;
    const number = littleEndian(packed, at, width);
    at += width;
    if (at > packed.length) return false;
    if (kind === LITERAL) {
      const length = (width === 0 ? tag >> 2 : number) + 1;
      if (at + length > packed.length || to + length > out.length) return false;
      putLiteral(packed, at, { out, to, length });
      at += length;
      to += length;
    } else {
      const length = kind === NEAR ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
      const distance = kind === NEAR ? number + ((tag >> 5) << 8) : number;
      if (distance === 0 || distance > to || to + length > out.length) return false;
      // Byte by byte: where both overlap, what was just written is repeated.
      for (const end = to + length; to < end; to++) out[to] = out[to - distance] ?? 0;
    }
  }
  return to === out.length;
}

const LITERAL = 0;
const NEAR = 1;
const FAR = 3;

/** From 60 on, the length of new bytes stands in so many bytes behind the tag. */
function widthOfLength(tag: number): number {
  return Math.max(0, (tag >> 2) - 59);
}

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

/** A number of up to four bytes, never negative. */
function littleEndian(packed: Uint8Array, at: number, width: number): number {
  let number = 0;
  for (let byte = width - 1; byte >= 0; byte--) number = number * 256 + (packed[at + byte] ?? 0);
  return number;
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
