/** The folder that a command writes to: made, cleared of what killed runs left, and its own for a while. */
import { makeFolder } from "../../files/make-folder.ts";
import { failForFile } from "../../files/file-problem.ts";
import { withFolderLock } from "../../files/folder-lock.ts";
import { sweepPartials } from "../../files/sweep-partials.ts";
import { readManifest } from "./manifest.ts";
import type { CommandName } from "../../options/command-table.ts";
import type { RunContext } from "../context.ts";

/**
 * Does the work while no other command writes to the folder: each would lose what the other one records in
 * the manifest. Problems, all of them before any file is begun: those of the folder, bad-manifest,
 * folder-locked after a moment, lock-damaged.
 */
export async function inOutputFolder<T>(
  folder: string,
  command: CommandName,
  { now }: Pick<RunContext, "now">,
  work: () => Promise<T>,
): Promise<T> {
  try {
    makeFolder(folder);
  } catch (error) {
    failForFile(error, folder, "write");
  }
  return withFolderLock(folder, { doing: command, since: now().toISOString() }, async () => {
    readManifest(folder);
    await sweepPartials(folder);
    return work();
  });
}
