/** Paths of an action's folder, which images call `/workspace`. */
const FOLDER = "/workspace/";

/** From the folder: `/workspace/x` and `x` are the same file. */
export function inWorkspace(path: string): string {
  return path.startsWith(FOLDER) ? path.slice(FOLDER.length) : path;
}
