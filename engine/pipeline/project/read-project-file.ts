/** The one way from the project.yaml of a folder to a project, for every command. */
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { fail } from "../problems.ts";
import { readSmallFile } from "../../files/small-file.ts";
import { PROJECT_FILE } from "./project.ts";
import { MOST_BYTES, readProject } from "./read-project.ts";
import type { ReadProject } from "./read-project.ts";

/** Problems, alone: project-missing, project-not-text, and those of small files (a pipe, too large). */
export function readProjectFile(folder: string): ReadProject {
  const file = join(folder, PROJECT_FILE);
  const bytes = readSmallFile(file, { most: MOST_BYTES, follow: true, told: PROJECT_FILE });
  if (bytes === null) return fail("project-missing", { folder: basename(folder) });
  return readProject(decoded(bytes));
}

/** For commands that need none of what stands in it. Problem: project-missing. */
export function requireProjectFile(folder: string): void {
  if (!existsSync(join(folder, PROJECT_FILE)))
    fail("project-missing", { folder: basename(folder) });
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return fail("project-not-text", {}, { file: PROJECT_FILE });
  }
}
