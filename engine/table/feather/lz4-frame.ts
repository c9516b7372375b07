/**
 * Unpacking LZ4 frames, the compression that pandas chooses by default. Written here from the published
 * format, because no package for it is both maintained and free of native code. Checksums are not
 * compared: a damaged frame ends at another length or holds values that do not fit.
 */

const MAGIC = 0x184d2204;

/** Fills `out` exactly, or gives false: then the frame is damaged or of another length. */
export function unpackLz4(packed: Uint8Array, out: Uint8Array): boolean {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  if (packed.length < 7 || view.getUint32(0, true) !== MAGIC) return false;
  const flags = packed[4] ?? 0;
  const [version, blockChecksums, hasSize, hasDictionary] = [
    flags >> 6,
    (flags & 16) !== 0,
    (flags & 8) !== 0,
    (flags & 1) !== 0,
  ];
  if (version !== 1 || hasDictionary) return false;
  const blocks = { view, packed, checksum: blockChecksums ? 4 : 0, from: hasSize ? 15 : 7 };
  return unpackBlocks(blocks, out);
}

interface Blocks {
  readonly view: DataView;
  readonly packed: Uint8Array;
  /** Bytes of it behind each block. */
  readonly checksum: number;
  readonly from: number;
}

function unpackBlocks({ view, packed, checksum, from }: Blocks, out: Uint8Array): boolean {
  let filled = 0;
  for (let at = from; at + 4 <= packed.length;) {
    const word = view.getUint32(at, true);
    if (word === 0) return filled === out.length;
    // The highest bit says that a block is not packed.
    const size = word & 0x7fffffff;
    const block = packed.subarray(at + 4, at + 4 + size);
    if (block.length !== size) return false;
    if (word > 0x7fffffff) {
      if (filled + size > out.length) return false;
      out.set(block, filled);
      filled += size;
    } else {
      filled = unpackBlock(block, out, filled);
      if (filled < 0) return false;
    }
    at += 4 + size + checksum;
  }
  return false;
}

const BROKEN = -1;

/** Sequences of new bytes and of bytes repeated from before. Gives the place behind the last. */
function unpackBlock(block: Uint8Array, out: Uint8Array, start: number): number {
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
