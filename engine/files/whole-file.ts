/** Files small enough to be in memory: written in one go, by the rules of `openAtomicFile`. */
import { createHash } from "node:crypto";
import { closeSync, fsync, lstatSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { rename } from "node:fs/promises";
import { promisify } from "node:util";
import { fail } from "./problems.ts";
import type { WrittenFile } from "./atomic-file.ts";
import { failForFile } from "./file-problem.ts";
import { partialPathFor } from "./partial-files.ts";

const flushed = promisify(fsync);

/**
 * Written beside its name, flushed, renamed; after a problem nothing is left. Flushing, and replacing a
 * file, take milliseconds and are waited for, so start several: the disk flushes sixteen files in the time
 * of five or six. All the rest takes less than handing it to another thread would. The folder is not flushed: whoever writes many
 * files does that once, by recording them in the manifest. Problems: those of `openAtomicFile`.
 */
export async function writeWholeFile(path: string, bytes: Uint8Array): Promise<WrittenFile> {
  const partial = partialPathFor(path);
  try {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory() === true) fail("file-is-a-folder", { file: path, doing: "write" });
    await writePartial(partial, bytes);
    if (found === undefined) renameSync(partial, path);
    else await rename(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    failForFile(error, path, "write");
  }
  return { sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.length };
}

/** "wx": never an existing file, never through a link. */
async function writePartial(partial: string, bytes: Uint8Array): Promise<void> {
  const descriptor = openSync(partial, "wx");
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
    await flushed(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
