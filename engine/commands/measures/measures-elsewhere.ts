import { filesIn, foldersBelow } from "../folders-below.ts";
import { shownFolder } from "../shown-folder.ts";
import { measureIdOf } from "./measure-files.ts";

/** Folders of the study that have measure files, the nearest first. */
export function measuresElsewhere(workspace: string): readonly string[] {
  return foldersBelow(workspace)
    .filter((folder) => filesIn(folder).some((name) => measureIdOf(name) !== null))
    .map((folder) => shownFolder(workspace, folder));
}
