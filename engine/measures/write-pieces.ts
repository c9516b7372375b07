/** Files of any length in pieces of text or bytes, plain or gzipped. */
import { openAtomicFile } from "../files/atomic-file.ts";
import type { WrittenFile } from "../files/atomic-file.ts";
import { writeWholeFile } from "../files/whole-file.ts";
import { gzipped } from "../table/csv/gzip-sink.ts";

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

/** Characters that are packed at once. */
const AT_ONCE = 1 << 16;

/** The same text gives the same bytes, however it is cut. */
export async function* gzipPieces(
  pieces: Iterable<string> | AsyncIterable<string>,
): AsyncGenerator<Uint8Array, void> {
  const packed: Uint8Array[] = [];
  const sink = gzipped({
    write: (bytes) => {
      packed.push(bytes);
      return Promise.resolve();
    },
  });
  let text = "";
  for await (const piece of pieces) {
    text += piece;
    for (; text.length >= AT_ONCE; text = text.slice(AT_ONCE)) {
      await sink.write(Buffer.from(text.slice(0, AT_ONCE)));
      yield* packed.splice(0);
    }
  }
  await sink.write(Buffer.from(text));
  await sink.end();
  yield* packed.splice(0);
}
