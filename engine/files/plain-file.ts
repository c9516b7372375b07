/** Opening a file of any size for reading, whatever stands in its place. */
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { fail } from "./problems.ts";
import { failForFile, systemCode } from "./file-problem.ts";

/**
 * Links are followed; `file` is the name that messages use. Problems: file-not-found, file-is-a-folder, file-not-plain (a pipe, a socket, a device: it
 * could keep us waiting, or never end), file-access-refused and kin.
 */
export async function openPlainFile(path: string, file = path): Promise<FileHandle> {
  const handle = await openWithoutWaiting(path, file);
  try {
    const found = await handle.stat();
    if (found.isDirectory()) fail("file-is-a-folder", { file, doing: "read" });
    if (!found.isFile()) fail("file-not-plain", { file });
    return handle;
  } catch (error) {
    await handle.close();
    return failForFile(error, file, "read");
  }
}

/** O_NONBLOCK: opening a pipe that nobody writes to would wait. Windows does not have it, and needs it not. */
async function openWithoutWaiting(path: string, file: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    // A socket, or a device without its driver.
    if (systemCode(error) === "ENXIO") return fail("file-not-plain", { file });
    return failForFile(error, file, "read");
  }
}
