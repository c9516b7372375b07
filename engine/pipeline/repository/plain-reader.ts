/** Pieces of a large file that a project brought. */
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

export interface PlainReader {
  readonly size: number;
  /** Shorter at the end of the file. */
  readonly read: (at: number, length: number) => Buffer;
}

/** Null where there is no ordinary file, or where it cannot be read. Links are not followed. */
export function withPlainFile<T>(path: string, use: (file: PlainReader) => T): T | null {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const found = fstatSync(descriptor);
    return found.isFile() ? use(readerOf(descriptor, found.size)) : null;
  } catch {
    return null;
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

function readerOf(descriptor: number, size: number): PlainReader {
  return {
    size,
    read: (at, length) => {
      const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - at)));
      return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, at));
    },
  };
}
