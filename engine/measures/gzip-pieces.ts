/** Text in pieces, gzipped on its way: the same text gives the same bytes, however it is cut. */
import { gzipped } from "../table/csv/gzip-sink.ts";

/** Characters that are packed at once. */
const AT_ONCE = 1 << 16;

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
