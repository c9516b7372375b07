/** Where an editor looks for what it knows of `cohortline`: the folder of packages of the study. */
import { existsSync, lstatSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeFolder } from "../../files/make-folder.ts";

/**
 * What `npm link cohortline` does. Only the editor looks there: a study runs without, so that a file system
 * that knows no links, or a package that is there already, is left as it is.
 */
export function linkPackage(folder: string): void {
  const link = join(folder, "node_modules", "cohortline");
  if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) return;
  try {
    makeFolder(dirname(link));
    symlinkSync(packageRoot(), link, "dir");
  } catch {
    return;
  }
}

/** The first folder above this code that has a package.json. */
function packageRoot(here = dirname(fileURLToPath(import.meta.url))): string {
  return existsSync(join(here, "package.json")) ? here : packageRoot(dirname(here));
}
