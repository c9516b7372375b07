/** The bytes of a file, unpacked if need be, filled into a buffer that the reader owns. */
import { readSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";

import { fail } from "../problems.ts";
import { failForFile } from "../../files/file-problem.ts";
import { openPlainFile } from "../../files/plain-file.ts";

export interface ByteSource {
  /** Puts bytes into `into` from `at` on; gives their number, 0 only at the end of the file. */
  read(into: Uint8Array, at: number): Promise<number>;
  close(): Promise<void>;
}

export interface CsvFile {
  readonly file: string;
  readonly gzip: boolean;
  /** The name that problems use, where the path is not to be shown. */
  readonly shown?: string;
}

/** Problems, here or while reading: those of `openPlainFile`, broken-gzip. */
export async function openByteSource(csv: CsvFile): Promise<ByteSource> {
  const { file, gzip, shown = file } = csv;
  const handle = await openPlainFile(file, shown);
  return gzip ? gunzippedSource(shown, handle) : plainSource(shown, handle);
}

function plainSource(file: string, handle: FileHandle): ByteSource {
  return {
    // At once, not through the pool of threads: the reader has nothing else to do meanwhile, and it
    // saves a twentieth of the time of measuring large files.
    read: (into, at) => {
      try {
        return Promise.resolve(readSync(handle.fd, into, at, into.length - at, null));
      } catch (error) {
        return failForFile(error, file, "read");
      }
    },
    close: () => handle.close(),
  };
}

/** The stream closes the file. */
function gunzippedSource(file: string, handle: FileHandle): ByteSource {
  const packed = handle.createReadStream({ highWaterMark: 1 << 18 });
  const unpacked = createGunzip({ chunkSize: 1 << 18 });
  // The reader below hears of every error; the callback only keeps it from being thrown twice.
  pipeline(packed, unpacked, () => undefined);
  const chunks = unpacked[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array(0);
  return {
    read: async (into, at) => {
      if (rest.length === 0) rest = await nextChunk(chunks, file);
      const count = Math.min(rest.length, into.length - at);
      into.set(rest.subarray(0, count), at);
      rest = rest.subarray(count);
      return count;
    },
    close: async () => {
      await chunks.return?.();
      packed.destroy();
    },
  };
}

/** An empty chunk at the end. */
async function nextChunk(chunks: AsyncIterator<unknown>, file: string): Promise<Uint8Array> {
  try {
    const next = await chunks.next();
    return next.done === true ? new Uint8Array(0) : (next.value as Uint8Array);
  } catch (error) {
    if (isZlibError(error)) return fail("broken-gzip", { file });
    return failForFile(error, file, "read");
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
}
