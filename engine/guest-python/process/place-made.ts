/** Puts what a guest made into the action's folder, by the names that the guest gave. */
import { copyFileSync, lstatSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ThreadEnd } from "./guest-thread.ts";
import { WORKSPACE } from "./served-files.ts";
import { makeFolder } from "../../files/make-folder.ts";

/**
 * The folder holds no links, so that a name leads nowhere else. A file gives way only to what the guest made of it: the
 * folder is the action's own, and what was staged in it is a copy.
 */
export function placeMade(made: ThreadEnd["made"], workspace: string): void {
  for (const { path, real, replaces } of made) {
    const to = join(workspace, path.slice(WORKSPACE.length + 1));
    const found = lstatSync(to, { throwIfNoEntry: false });
    if (found !== undefined && !(replaces && found.isFile())) continue;
    makeFolder(dirname(to));
    place(real, to);
  }
}

function place(real: string, to: string): void {
  try {
    renameSync(real, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    copyFileSync(real, to);
  }
}
