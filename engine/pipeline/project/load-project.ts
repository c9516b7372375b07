/** The project.yaml of a study's folder, checked against the files beside it. */
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { problem, ProblemError } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import { filesBelow } from "../state/files-below.ts";
import type { RefuseWords } from "./check-runs.ts";
import { inOrder, noFindings, report } from "./findings.ts";
import { patternMatcher } from "./output-pattern.ts";
import { PROJECT_FILE } from "./project.ts";
import type { Project } from "./project.ts";
import { readProject } from "./read-project.ts";
import type { ReadProject } from "./read-project.ts";

export interface LoadRequest {
  readonly folder: string;
  readonly refuseWords: RefuseWords;
  /** Files that actions made, under this or an earlier project.yaml. */
  readonly made: ReadonlySet<string>;
}

/** Problem, alone: project-missing, project-not-text. All others together. */
export function loadProject({ folder, refuseWords, made }: LoadRequest): ReadProject {
  const read = readProject(projectText(folder), refuseWords);
  const { project } = read;
  const sources = project === null ? [] : matchedSources(project, folder, made);
  return { ...read, problems: inOrder([...read.problems, ...sources]) };
}

export function hasProject(folder: string): boolean {
  return existsSync(join(folder, PROJECT_FILE));
}

function projectText(folder: string): string {
  const file = join(folder, PROJECT_FILE);
  if (!existsSync(file)) {
    throw new ProblemError([problem("project-missing", { folder: basename(folder) })]);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  } catch {
    throw new ProblemError([problem("project-not-text", {}, { file: PROJECT_FILE })]);
  }
}

/** What a study consists of; an output of such a name would take it away from every action. */
const SOURCE =
  /^codelists\/|^project\.yaml$|\.(?:ts|mjs|js|py|R|r|Rmd|do|ado|ipynb|sql|jl|sh|yaml|yml)$/;

function matchedSources(
  project: Project,
  folder: string,
  made: ReadonlySet<string>,
): readonly Problem[] {
  const { problems } = noFindings();
  const files = filesBelow(folder).filter((path) => SOURCE.test(path) && !made.has(path));
  for (const { name: action, outputs } of project.actions) {
    for (const { pattern, at } of outputs) {
      const file = files.find(patternMatcher(pattern));
      if (file !== undefined) report(problems, "output-is-source", { action, pattern, file }, at);
    }
  }
  return problems;
}
