/**
 * Unpacking blocks of LZ4. Written here from the published format, because no package for it is both
 * maintained and free of native code.
 */
const BROKEN = -1;

/**
 * Fills `out` from `start` on with sequences of new bytes and of bytes repeated from before. Gives the place
 * behind the last, or a negative one where the block is damaged or does not fit.
 */
export function unpackLz4Block(block: Uint8Array, out: Uint8Array, start: number): number {
  let to = start;
  for (let at = 0; at < block.length;) {
    const token = block[at++] ?? 0;
    let literals = token >> 4;
    if (literals === 15) [literals, at] = longLength(block, at, literals);
    if (at + literals > block.length || to + literals > out.length) return BROKEN;
    to = copied(block, at, { out, to, length: literals });
    at += literals;
    if (at === block.length) return to;
    const distance = (block[at] ?? 0) | ((block[at + 1] ?? 0) << 8);
    at += 2;
    let length = token & 15;
    if (length === 15) [length, at] = longLength(block, at, length);
    length += 4;
    if (distance === 0 || distance > to || to + length > out.length) return BROKEN;
    to = copied(out, to - distance, { out, to, length });
  }
  return to;
}

/** Bytes of 255 and one more are added. */
function longLength(block: Uint8Array, from: number, length: number): [number, number] {
  let sum = length;
  let at = from;
  for (;;) {
    const byte = block[at++] ?? 0;
    sum += byte;
    if (byte !== 255) return [sum, at];
  }
}

interface Target {
  readonly out: Uint8Array;
  readonly to: number;
  readonly length: number;
}

/** Byte by byte where both overlap: then what was just written is repeated. */
function copied(source: Uint8Array, from: number, { out, to, length }: Target): number {
  if (length > 32 && (source !== out || from + length <= to)) {
    out.set(source.subarray(from, from + length), to);
  } else {
    for (let i = 0; i < length; i++) out[to + i] = source[from + i] ?? 0;
  }
  return to + length;
}
