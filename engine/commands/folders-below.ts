/** Folders of a study in which files that were not found may lie. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { byCodePoint } from "../base/value-types.ts";

/** A person's outputs lie no deeper and in no more folders. */
const DEEPEST = 3;
const MOST_FOLDERS = 1_000;

/** Nearest first; neither hidden ones, nor those of programs, nor the pipeline's own. */
export function foldersBelow(workspace: string): readonly string[] {
  const found = [workspace];
  let level = [workspace];
  for (let depth = 0; depth < DEEPEST && found.length < MOST_FOLDERS; depth++) {
    level = level.flatMap((folder) => namesIn(folder, true).map((name) => join(folder, name)));
    found.push(...level);
  }
  return found.slice(0, MOST_FOLDERS);
}

const OTHERS = /^\.|^(?:node_modules|metadata)$/;

function namesIn(folder: string, folders: boolean): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() === folders && !(folders && OTHERS.test(entry.name)))
      .map(({ name }) => name)
      .sort(byCodePoint);
  } catch {
    // What cannot be looked into is no help.
    return [];
  }
}

export function filesIn(folder: string): readonly string[] {
  return namesIn(folder, false);
}
