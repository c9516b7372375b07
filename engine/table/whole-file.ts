/** Files small enough to be in memory: written in one go, by the rules of `openAtomicFile`. */
import { createHash } from "node:crypto";
import { closeSync, fsyncSync, lstatSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { rename } from "node:fs/promises";
import { fail } from "../base/problems.ts";
import type { WrittenFile } from "./atomic-file.ts";
import { failForFile } from "./file-problem.ts";
import { partialPathFor } from "./partial-files.ts";

/**
 * Written beside its name, flushed, renamed; after a problem nothing is left. All at once where the
 * name is new, which takes less than handing the work to another thread; replacing a file can take a
 * millisecond and is waited for, so start several. The folder is not flushed: whoever writes many
 * files does that once, by recording them in the manifest. Problems: those of `openAtomicFile`.
 */
export async function writeWholeFile(path: string, bytes: Uint8Array): Promise<WrittenFile> {
  const partial = partialPathFor(path);
  try {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory() === true) fail("file-is-a-folder", { file: path, doing: "write" });
    writePartial(partial, bytes);
    if (found === undefined) renameSync(partial, path);
    else await rename(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    failForFile(error, path, "write");
  }
  return { sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.length };
}

/** "wx": never an existing file, never through a link. */
function writePartial(partial: string, bytes: Uint8Array): void {
  const descriptor = openSync(partial, "wx");
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
