/** Files small enough to be in memory: written in one go, by the rules of `openAtomicFile`. */
import { createHash } from "node:crypto";
import { closeSync, fsync, lstatSync, openSync, rmSync, writeSync } from "node:fs";
import { rename } from "node:fs/promises";
import { promisify } from "node:util";
import { fail } from "../base/problems.ts";
import type { WrittenFile } from "./atomic-file.ts";
import { failForFile } from "./file-problem.ts";
import { partialPathFor } from "./partial-files.ts";

const flush = promisify(fsync);

/**
 * Written beside its name, flushed, renamed; after a problem nothing is left. Flush and rename are
 * waited for, replacing a file can take a millisecond: start several at once. The folder is not flushed: whoever
 * writes many files does that once, by recording them in the manifest. Problems: those of
 * `openAtomicFile`.
 */
export async function writeWholeFile(path: string, bytes: Uint8Array): Promise<WrittenFile> {
  const partial = partialPathFor(path);
  try {
    refuseFolder(path);
    await writePartial(partial, bytes);
    await rename(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    failForFile(error, path, "write");
  }
  return { sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.length };
}

function refuseFolder(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
    fail("file-is-a-folder", { file: path, doing: "write" });
  }
}

/** "wx": never an existing file, never through a link. */
async function writePartial(partial: string, bytes: Uint8Array): Promise<void> {
  const descriptor = openSync(partial, "wx");
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
    await flush(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
