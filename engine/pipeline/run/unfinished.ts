/** What an action had made when it failed or was stopped: nothing of it is lost, none of it counts. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { MANIFEST_FILE } from "../../base/file-names.ts";
import { enclose } from "../../files/enclosure.ts";
import { removeOwn } from "../../files/own-folder.ts";
import { writeWholeFile } from "../../files/whole-file.ts";
import { isBuiltIn } from "../project/project.ts";
import type { ActionRun } from "./action-run.ts";
import type { OutputFiles } from "./collect-outputs.ts";
import { moveFile } from "./publish-outputs.ts";
import { manifestBytes } from "./working-folder.ts";
import type { WorkingFolder } from "./working-folder.ts";
import { makeFolder } from "../../files/make-folder.ts";

/**
 * Puts declared files into metadata/unfinished/ACTION, in place of earlier ones; gives their number.
 * A cohort command goes on from there, because its manifest tells which of them are still right.
 */
export async function keepUnfinished(
  { now, paths, planned }: ActionRun,
  working: WorkingFolder,
  { matched }: OutputFiles,
): Promise<number> {
  const { action } = planned;
  const folder = join(paths.unfinished, action.fileName);
  removeOwn(now.folder, folder);
  for (const path of matched.keys()) {
    const to = join(folder, path);
    makeFolder(dirname(to));
    if (existsSync(join(working.root, path))) moveFile(enclose(working.root), path, to);
  }
  if (!isBuiltIn(action)) return matched.size;
  for (const inside of new Set([...matched.keys()].map((path) => dirname(path)))) {
    const bytes = manifestBytes(working.root, inside);
    if (bytes !== null) await writeWholeFile(join(folder, inside, MANIFEST_FILE), bytes);
  }
  return matched.size;
}

/** After success there is nothing unfinished. */
export function forgetUnfinished({ now, paths, planned }: ActionRun): void {
  removeOwn(now.folder, join(paths.unfinished, planned.action.fileName));
}
