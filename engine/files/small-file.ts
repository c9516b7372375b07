/** Reading a file that is small enough to be in memory, whatever stands in its place. */
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { fail } from "./problems.ts";
import { failForFile, systemCode } from "./file-problem.ts";

export interface SmallFile {
  /** Bytes; a larger file is a problem. */
  readonly most: number;
  /** Whether the last part of the path may be a symbolic link. */
  readonly follow: boolean;
  /** The name that messages use, if not its path. */
  readonly told?: string;
}

/**
 * Null where there is none. Problems: file-is-a-link, file-is-a-folder, file-not-plain (a pipe, a device: it
 * could keep us waiting for ever), file-too-large, file-access-refused and kin.
 */
export function readSmallFile(path: string, { most, follow, told }: SmallFile): Buffer | null {
  const file = told ?? path;
  try {
    const descriptor = openPlain(path, follow, file);
    try {
      return readAll(descriptor, most, file);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const answer = systemCode(error);
    if (answer === "ENOENT" || answer === "ENOTDIR") return null;
    return failForFile(error, file, "read");
  }
}

/** O_NONBLOCK: opening a pipe that nobody writes to would wait; what was opened is judged afterwards. */
function openPlain(path: string, follow: boolean, file: string): number {
  try {
    const noFollow = follow ? 0 : constants.O_NOFOLLOW;
    // Windows has neither, and `|` takes what is not there as 0.
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | noFollow);
  } catch (error) {
    const answer = systemCode(error);
    if (answer === "ELOOP") return fail("file-is-a-link", { file });
    // A socket, or a device without its driver.
    if (answer === "ENXIO") return fail("file-not-plain", { file });
    throw error;
  }
}

/**
 * All of an open file. More than it said at first is no more believed than a size of 0: both may be a device
 * or still grow. Problems: those of `readSmallFile` for what is no ordinary file, or too large.
 */
export function readAll(descriptor: number, most: number, file: string): Buffer {
  const found = fstatSync(descriptor);
  if (found.isDirectory()) return fail("file-is-a-folder", { file, doing: "read" });
  if (!found.isFile()) return fail("file-not-plain", { file });
  if (found.size > most) return fail("file-too-large", { file, most });
  const bytes = Buffer.allocUnsafe(found.size + 1);
  let length = 0;
  for (;;) {
    const count = readSync(descriptor, bytes, length, bytes.length - length, null);
    length += count;
    if (count === 0) return bytes.subarray(0, length);
    if (length > found.size) return fail("file-changed-while-read", { file });
  }
}
