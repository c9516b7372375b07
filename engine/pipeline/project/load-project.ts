/** The project.yaml of a study's folder, checked against the files beside it. */
import type { Problem } from "../../base/problems.ts";
import { filesBelow } from "../state/files-below.ts";
import { checkPlaces } from "./check-places.ts";
import { inOrder, noFindings, report } from "./findings.ts";
import { patternMatcher } from "../../base/path-pattern.ts";
import type { Project } from "./project.ts";
import { readProjectFile } from "./read-project-file.ts";
import type { ReadProject } from "./read-project.ts";

export interface LoadRequest {
  readonly folder: string;
  /** Files that actions made, under this or an earlier project.yaml. */
  readonly outputs: ReadonlySet<string>;
}

/** Problem, alone: what keeps project.yaml from being read. All others together. */
export function loadProject({ folder, outputs }: LoadRequest): ReadProject {
  const read = readProjectFile(folder);
  const { project } = read;
  if (project === null) return read;
  const beside = [...matchedSources(project, folder, outputs), ...checkPlaces(project, folder)];
  return { ...read, problems: inOrder([...read.problems, ...beside]) };
}

/** What a study consists of; an output of such a name would take it away from every action. */
const SOURCE =
  /^codelists\/|^project\.yaml$|\.(?:ts|mjs|js|py|R|r|Rmd|do|ado|ipynb|sql|jl|sh|yaml|yml)$/;

function matchedSources(
  project: Project,
  folder: string,
  outputs: ReadonlySet<string>,
): readonly Problem[] {
  const { problems } = noFindings();
  const files = filesBelow(folder).filter((path) => SOURCE.test(path) && !outputs.has(path));
  const matchIn = fileFinder(files);
  for (const { name: action, outputs } of project.actions) {
    for (const { pattern, at } of outputs) {
      const file = matchIn(pattern);
      if (file !== undefined) report(problems, "output-is-source", { action, pattern, file }, at);
    }
  }
  return problems;
}

/** The first file that a pattern matches; thousands of patterns and of files stay quick. */
function fileFinder(files: readonly string[]): (pattern: string) => string | undefined {
  const known = new Set(files);
  const byFolder = new Map<string, string[]>();
  for (const file of files) {
    const inside = byFolder.get(folderOf(file));
    if (inside === undefined) byFolder.set(folderOf(file), [file]);
    else inside.push(file);
  }
  return (pattern) => {
    if (!pattern.includes("*")) return known.has(pattern) ? pattern : undefined;
    const folder = folderOf(pattern);
    const candidates = folder.includes("*") ? files : (byFolder.get(folder) ?? []);
    return candidates.find(patternMatcher(pattern));
  };
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}
