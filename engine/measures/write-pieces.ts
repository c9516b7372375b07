/** Files of any length in pieces of text or bytes, written through the table layer. */
import { openAtomicFile } from "../files/atomic-file.ts";
import type { WrittenFile } from "../files/atomic-file.ts";
import { writeWholeFile } from "../files/whole-file.ts";

/** Most measure files are a few hundred bytes; above this many they are streamed. */
const WHOLE = 1 << 20;

type Piece = string | Uint8Array;
type Pieces = Iterator<Piece> | AsyncIterator<Piece>;

/**
 * Text as UTF-8; the file gets its name when all pieces are in it. Problems: those of `openAtomicFile`,
 * and whatever the pieces raise; after any of them nothing is left under the name.
 */
export async function writePieces(
  path: string,
  pieces: Iterable<Piece> | AsyncIterable<Piece>,
): Promise<WrittenFile> {
  const start: Buffer[] = [];
  let length = 0;
  const rest: Pieces =
    Symbol.asyncIterator in pieces ? pieces[Symbol.asyncIterator]() : pieces[Symbol.iterator]();
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
    const bytes = Buffer.from(next.value);
    start.push(bytes);
    length += bytes.length;
    if (length > WHOLE) return stream(path, Buffer.concat(start), rest);
  }
  return writeWholeFile(path, Buffer.concat(start));
}

async function stream(path: string, start: Buffer, rest: Pieces): Promise<WrittenFile> {
  const file = await openAtomicFile(path);
  try {
    await file.write(start);
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      await file.write(Buffer.from(next.value));
    }
    return await file.commit();
  } finally {
    await file.abandon();
  }
}
