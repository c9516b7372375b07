import { relative, sep } from "node:path";

/** A folder as its path from the workspace. */
export function shownFolder(workspace: string, folder: string): string {
  const path = relative(workspace, folder).split(sep).join("/");
  return path === "" ? "." : path;
}
