/** Files that a project brought: only ordinary ones, not through a link, of limited size. */
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { ProblemError } from "../../base/problems.ts";
import { readSmallFile } from "../../files/small-file.ts";

/** Null where it is none of these, is larger, or cannot be read. */
export function readPlainFile(path: string, most: number): Buffer | null {
  try {
    return readSmallFile(path, { most, follow: false });
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

/** The first bytes of a file; none where it is no ordinary one. */
export function firstBytes(path: string, count: number): Buffer {
  const bytes = Buffer.alloc(count);
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const isFile = fstatSync(descriptor).isFile();
    return bytes.subarray(0, isFile ? readSync(descriptor, bytes, 0, count, 0) : 0);
  } catch {
    return bytes.subarray(0, 0);
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

/** Pieces of a large file. */
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
