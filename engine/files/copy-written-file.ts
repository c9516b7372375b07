/** A further file of the same bytes as one that was just written. */
import { constants } from "node:fs";
import { copyFile, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { flushFolder, refuseFolder } from "./atomic-file.ts";
import type { WrittenFile } from "./atomic-file.ts";
import { failForFile } from "./file-problem.ts";
import { partialPathFor } from "./partial-files.ts";

/**
 * The system copies it, which reads nothing into this process; so the checksum is that of the first file: where that was
 * changed meanwhile, this one is found to be changed as well. Problems: those of `openAtomicFile`; after any of them nothing is left.
 */
export async function copyWrittenFile(
  from: { readonly path: string; readonly written: WrittenFile },
  path: string,
): Promise<WrittenFile> {
  const partial = partialPathFor(path);
  try {
    await refuseFolder(path);
    await copyFile(from.path, partial, constants.COPYFILE_EXCL);
    await flush(partial);
    await rename(partial, path);
    await flushFolder(dirname(path));
  } catch (error) {
    await rm(partial, { force: true });
    failForFile(error, path, "write");
  }
  const { sha256, bytes } = from.written;
  return { sha256, bytes };
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
