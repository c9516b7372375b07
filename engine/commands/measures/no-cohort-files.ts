/** A study without cohort files in a folder: what was looked for, and where there are some. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseCohortFileName } from "../../base/file-names.ts";
import { problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import { byCodePoint } from "../../base/value-types.ts";
import type { RunContext } from "../context.ts";
import { shownFolder } from "../shown-folder.ts";
import type { StudyLocation } from "../studies/study-discovery.ts";

/** A person's outputs lie no deeper and in no more folders. */
const DEEPEST = 3;
const MOST_FOLDERS = 1_000;

export function noCohortFiles(
  { name, suffix }: StudyLocation,
  folder: string,
  { workspace }: Pick<RunContext, "workspace">,
): Problem {
  const stem = `input${suffix}`;
  const elsewhere = foldersBelow(workspace)
    .map((each) => ({ folder: shownFolder(workspace, each), files: cohortsOf(each, stem) }))
    .filter(({ files }) => files > 0);
  const facts = { study: name, folder: shownFolder(workspace, folder), beginning: `${stem}_` };
  return problem("no-cohort-files", { ...facts, elsewhere });
}

function cohortsOf(folder: string, stem: string): number {
  return namesIn(folder, false).filter((name) => parseCohortFileName(name)?.stem === stem).length;
}

/** Nearest first; neither hidden ones, nor those of programs, nor the pipeline's own. */
function foldersBelow(workspace: string): readonly string[] {
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
