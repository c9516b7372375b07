/** Which file an author's import means: one of the workspace, or none. */
import { posix } from "node:path";
import { nearestNames } from "../base/nearest.ts";
import { fail } from "./problems.ts";
import { visibleNames } from "./nearest-files.ts";
import { findFile } from "./workspace-path.ts";
import type { Workspace } from "./workspace-path.ts";

const extensions = [".ts", ".js", ".mjs", ".json"] as const;

/**
 * The workspace path of the file that `specifier` in the file `importer` means: exactly that file, or
 * with an extension or `/index` added; `.js` may stand for `.ts`, as TypeScript has it. Problems: not
 * a relative path or not a kind of file that can be imported; outside the workspace; no such file.
 */
export function resolveImport(workspace: Workspace, importer: string, specifier: string): string {
  if (!/^\.\.?(\/|$)/.test(specifier)) fail("study-import-not-allowed", { specifier });
  const path = posix.join(posix.dirname(importer), specifier);
  const found = firstFile(workspace, namesFolder(specifier) ? indexes(path) : candidates(path));
  if (found === null) {
    return fail("study-import-missing", { specifier, nearest: offers(workspace, importer, path) });
  }
  return isImportable(found) ? found : fail("study-import-not-allowed", { specifier });
}

/** Whether a file of this name can be part of a study. */
export function isImportable(path: string): boolean {
  return extensions.some((extension) => path.endsWith(extension));
}

/** `.`, `..` and whatever ends with a slash. */
function namesFolder(specifier: string): boolean {
  return /(^|\/)\.{0,2}$/.test(specifier);
}

function indexes(folder: string): string[] {
  return extensions.map((extension) => posix.join(folder, `index${extension}`));
}

function candidates(path: string): string[] {
  const typescript = path.replace(/\.m?js$/, ".ts");
  return [
    path,
    ...(typescript === path ? [] : [typescript]),
    ...extensions.map((extension) => path + extension),
    ...indexes(path),
  ];
}

function firstFile(workspace: Workspace, paths: readonly string[]): string | null {
  for (const path of paths) {
    const found = findFile(workspace, path);
    if (found !== null) return found;
  }
  return null;
}

/** As the author would write them in that file: without the extension, if it was left out. */
function offers(workspace: Workspace, importer: string, path: string): string[] {
  const folder = posix.dirname(path);
  const files = visibleNames(workspace, folder).filter(isImportable);
  const names = isImportable(path) ? files : files.map((name) => posix.parse(name).name);
  return nearestNames(posix.basename(path), names).map((name) => {
    const plain = posix.relative(posix.dirname(importer), posix.join(folder, name));
    return plain.startsWith(".") ? plain : `./${plain}`;
  });
}
