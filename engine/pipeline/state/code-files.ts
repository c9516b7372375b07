/** The files of a study that are its code: all that no action makes. spec/pipeline.md 2.4. */
import { readdirSync, realpathSync, statSync } from "node:fs";
import type { Dirent } from "node:fs";
import { join, sep } from "node:path";
import { MANIFEST_FILE } from "../../base/file-names.ts";
import { byCodePoint } from "../../base/value-types.ts";
import { FOLDER_LOCK } from "../../files/folder-lock.ts";
import { isPartial } from "../../files/partial-files.ts";
import { patternMatcher } from "../project/output-pattern.ts";
import type { Project } from "../project/project.ts";

/** Never code, wherever they lie. */
const SKIPPED = new Set([".git", "node_modules"]);
const METADATA = "metadata";
const OWN_NAMES = new Set([MANIFEST_FILE, FOLDER_LOCK]);

/**
 * Paths from the folder, sorted. Left out are files that match an output of any action, that an
 * action made under an earlier project.yaml (`made`), and links that lead out of the folder.
 */
export function codeFiles(
  folder: string,
  project: Project,
  made: ReadonlySet<string>,
): readonly string[] {
  const isOutput = outputMatcher(project);
  return filesBelow(folder)
    .filter((path) => !made.has(path) && !isOutput(path))
    .sort(byCodePoint);
}

/** Every file below the folder that is not the runner's own. */
export function filesBelow(folder: string): readonly string[] {
  const root = realpathSync(folder);
  const found: string[] = [];
  const visit = (inside: string): void => {
    for (const entry of readdirSync(join(root, inside), { withFileTypes: true })) {
      const path = inside === "" ? entry.name : `${inside}/${entry.name}`;
      if (SKIPPED.has(entry.name) || path === METADATA) continue;
      if (entry.isDirectory()) visit(path);
      else if (isCounted(entry, root, path)) found.push(path);
    }
  };
  visit("");
  return found;
}

function isCounted(entry: Dirent, root: string, path: string): boolean {
  if (OWN_NAMES.has(entry.name) || isPartial(entry.name)) return false;
  return entry.isFile() || (entry.isSymbolicLink() && leadsToFileInside(root, path));
}

function leadsToFileInside(root: string, path: string): boolean {
  try {
    const real = realpathSync(join(root, path));
    return real.startsWith(`${root}${sep}`) && statSync(real).isFile();
  } catch {
    return false;
  }
}

/** Whether a path is an output of some action; by folder, so that hundreds of patterns stay quick. */
export function outputMatcher({ actions }: Project): (path: string) => boolean {
  const byFolder = new Map<string, ((path: string) => boolean)[]>();
  const anywhere: ((path: string) => boolean)[] = [];
  for (const { pattern } of actions.flatMap(({ outputs }) => outputs)) {
    const folder = folderOf(pattern);
    const matchers = folder.includes("*") ? anywhere : (byFolder.get(folder) ?? []);
    if (matchers !== anywhere) byFolder.set(folder, matchers);
    matchers.push(patternMatcher(pattern));
  }
  return (path) =>
    (byFolder.get(folderOf(path)) ?? []).some((matches) => matches(path)) ||
    anywhere.some((matches) => matches(path));
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}
