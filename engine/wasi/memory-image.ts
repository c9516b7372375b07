/** The memory of a program that has run, as the blocks by which it differs from what it was before. */

export const BLOCK_BYTES = 4096;

/** Where each of them begins. Beyond its end the memory before is taken for zeros. */
export function changedBlocks(memory: Buffer, before: Buffer): readonly number[] {
  const starts: number[] = [];
  const nothing = Buffer.alloc(BLOCK_BYTES);
  for (let start = 0; start < memory.length; start += BLOCK_BYTES) {
    const old = start < before.length ? before.subarray(start, start + BLOCK_BYTES) : nothing;
    if (!memory.subarray(start, start + BLOCK_BYTES).equals(old)) starts.push(start);
  }
  return starts;
}
