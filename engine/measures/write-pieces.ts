/** Text files of any length, written through the table layer's atomic file. */
import { openAtomicFile } from "../table/atomic-file.ts";
import type { WrittenFile } from "../table/atomic-file.ts";

/**
 * UTF-8; the file gets its name when all pieces are in it. Problems: those of `openAtomicFile`, and
 * whatever the pieces raise; after any of them nothing is left under the name.
 */
export async function writePieces(
  path: string,
  pieces: Iterable<string> | AsyncIterable<string>,
): Promise<WrittenFile> {
  const file = await openAtomicFile(path);
  try {
    for await (const piece of pieces) await file.write(Buffer.from(piece));
    return await file.commit();
  } finally {
    await file.abandon();
  }
}
