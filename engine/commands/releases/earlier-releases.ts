/** Folders of the study that were packed for a release before. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { byCodePoint } from "../../base/value-types.ts";
import { PACK_FILE } from "./release-file-names.ts";
import { entriesOf } from "../../files/walk-folder.ts";

const PLACES_DEEP = 3;
/** Of package managers and version control: large, and no place for a release. */
const PASSED_OVER = new Set(["node_modules", ".git", "runs", "actions", "working"]);

/** Paths from the study's folder. Links are not followed. */
export function earlierReleases(folder: string): readonly string[] {
  const found: string[] = [];
  const look = (inside: string, deep: number): void => {
    for (const entry of entriesOf(join(folder, inside))) {
      if (!entry.isDirectory() || PASSED_OVER.has(entry.name)) continue;
      const path = inside === "" ? entry.name : `${inside}/${entry.name}`;
      if (existsSync(join(folder, path, PACK_FILE))) found.push(path);
      else if (deep > 1) look(path, deep - 1);
    }
  };
  look("", PLACES_DEEP);
  return found.sort(byCodePoint);
}
