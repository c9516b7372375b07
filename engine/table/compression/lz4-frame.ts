/**
 * Unpacking LZ4 frames, the compression that pandas chooses by default for feather. Checksums are not
 * compared: a damaged frame ends at another length or holds values that do not fit.
 */
import { unpackLz4Block } from "./lz4-block.ts";

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
      filled = unpackLz4Block(block, out, filled);
      if (filled < 0) return false;
    }
    at += 4 + size + checksum;
  }
  return false;
}
