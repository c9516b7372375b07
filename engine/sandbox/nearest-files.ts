/** The way out when an author misspells a path. */
import { readdirSync } from "node:fs";
import { posix } from "node:path";
import { nearestNames } from "../base/nearest.ts";
import { findPlace } from "./workspace-path.ts";
import type { Workspace } from "./workspace-path.ts";

/** Visible files of the same folder with a name like the path's, as paths; none if no such folder. */
export function nearestFiles(workspace: Workspace, path: string): string[] {
  const folder = posix.dirname(path);
  const names = visibleNames(workspace, folder);
  return nearestNames(posix.basename(path), names).map((name) => posix.join(folder, name));
}

/** What a folder holds, hidden names left out; nothing if it cannot be listed. */
export function visibleNames(workspace: Workspace, folder: string): string[] {
  const place = findPlace(workspace, folder);
  if (place === null) return [];
  try {
    return readdirSync(place.real).filter((name) => !name.startsWith("."));
  } catch {
    // A folder that cannot be listed only costs the offer of a name.
    return [];
  }
}
