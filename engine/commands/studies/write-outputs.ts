import { lstatSync, mkdirSync, realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { fail } from "../problems.ts";
import { openAtomicFile } from "../../files/atomic-file.ts";

/**
 * Writes small text files below the workspace, each whole or not at all. The folder must really lie
 * inside: a link that leads out is a problem (file-outside-workspace).
 */
export async function writeOutputs(
  workspace: string,
  files: readonly { readonly path: string; readonly text: string }[],
): Promise<void> {
  for (const { path, text } of files) {
    const target = join(workspace, path);
    const folder = dirname(target);
    if (!isInside(workspace, existingFolder(folder))) fail("file-outside-workspace", { path });
    mkdirSync(folder, { recursive: true });
    const file = await openAtomicFile(target);
    await file.write(Buffer.from(text, "utf8"));
    await file.commit();
  }
}

/** The folder itself or the nearest one above it that exists, links followed. */
function existingFolder(folder: string): string {
  const exists = lstatSync(folder, { throwIfNoEntry: false }) !== undefined;
  return exists ? realpathSync(folder) : existingFolder(dirname(folder));
}

function isInside(workspace: string, folder: string): boolean {
  const root = realpathSync(workspace);
  return folder === root || folder.startsWith(`${root}${sep}`);
}
