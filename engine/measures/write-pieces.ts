/** Text files of any length, written through the table layer. */
import { openAtomicFile } from "../table/atomic-file.ts";
import type { WrittenFile } from "../table/atomic-file.ts";
import { writeWholeFile } from "../table/whole-file.ts";

/** Most measure files are a few hundred bytes; above this many characters they are streamed. */
const WHOLE = 1 << 20;

/**
 * UTF-8; the file gets its name when all pieces are in it. Problems: those of `openAtomicFile`, and
 * whatever the pieces raise; after any of them nothing is left under the name.
 */
export async function writePieces(
  path: string,
  pieces: Iterable<string> | AsyncIterable<string>,
): Promise<WrittenFile> {
  let start = "";
  const rest =
    Symbol.asyncIterator in pieces ? pieces[Symbol.asyncIterator]() : pieces[Symbol.iterator]();
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
    start += next.value;
    if (start.length > WHOLE) return stream(path, start, rest);
  }
  return writeWholeFile(path, Buffer.from(start));
}

async function stream(
  path: string,
  start: string,
  rest: Iterator<string> | AsyncIterator<string>,
): Promise<WrittenFile> {
  const file = await openAtomicFile(path);
  try {
    await file.write(Buffer.from(start));
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      await file.write(Buffer.from(next.value));
    }
    return await file.commit();
  } finally {
    await file.abandon();
  }
}
