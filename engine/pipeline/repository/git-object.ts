/** What a repository keeps: each object packed, under the sum of its bytes. */
import { inflateSync } from "node:zlib";

export interface GitObject {
  /** commit, tree, blob, tag */
  readonly type: string;
  readonly bytes: Buffer;
}

/** Commits and trees are far smaller; nothing endless is unpacked in place of one. */
export const MOST_OBJECT_BYTES = 64 * 1024 * 1024;

/** Null where they are damaged or more. What follows behind the packed bytes does not matter. */
export function inflated(packed: Buffer, most: number): Buffer | null {
  try {
    return inflateSync(packed, { maxOutputLength: most });
  } catch {
    return null;
  }
}
