/** The files of a study that are its code: what a program action sees, besides the outputs it needs. */
import { problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import { byCodePoint } from "../../base/value-types.ts";
import { patternMatcher } from "../../base/path-pattern.ts";
import type { Project } from "../project/project.ts";
import { studyRepository } from "../repository/study-repository.ts";
import type { StudyRepository } from "../repository/study-repository.ts";
import { besideDatabase, cohortFolders, neverCode, placesOfUrl } from "./never-code.ts";
import { notesAmong } from "./notes.ts";
import { walkStudy } from "./walk-study.ts";

export interface CodeRequest {
  readonly folder: string;
  readonly project: Project;
  /** Files that actions made, under this or an earlier project.yaml. */
  readonly outputs: ReadonlySet<string>;
  /** Of the database that is asked for patients: what it names is no code. */
  readonly databaseUrl: string | undefined;
}

export interface StudyCode {
  /** Paths from the folder, sorted. */
  readonly code: readonly string[];
  /** Files that could be meant as code, and are none: code-left-out. */
  readonly warnings: readonly Problem[];
  /** code-folder-unreadable, code-name-not-text. */
  readonly problems: readonly Problem[];
}

/**
 * What git tracks, and what it does not ignore; without a repository, what no `.gitignore` leaves out. Of
 * these no outputs, no databases, no cohorts, nothing that the URL names, nothing too large, no notes; and
 * no link that leads to any of them.
 */
export function codeFiles(request: CodeRequest): StudyCode {
  const { folder } = request;
  const repository = studyRepository(folder);
  const { root, files, links, problems } = walkStudy(folder, repository);
  const isOther = otherThanCode(request);
  const candidates = files.filter((path) => !isOther(path));
  const never = neverAmong(root, candidates);
  const open = candidates.filter((path) => !never.has(path));
  const notes = notesAmong(untrackedOf(open, repository), open, { root, project: request.project });
  const plain = open.filter((path) => !notes.has(path));
  const known = new Set(plain);
  const linked = [...links].filter(([path, to]) => !isOther(path) && known.has(to));
  return {
    code: [...plain, ...linked.map(([path]) => path)].sort(byCodePoint),
    warnings: [...never].map(([file, reason]) => problem("code-left-out", { file, reason })),
    problems,
  };
}

function untrackedOf(
  paths: readonly string[],
  repository: StudyRepository | null,
): readonly string[] {
  return repository === null ? paths : paths.filter((path) => !repository.tracked.has(path));
}

function otherThanCode({ folder, project, outputs, databaseUrl }: CodeRequest) {
  const isOutput = outputMatcher(project);
  const places = databaseUrl === undefined ? [] : placesOfUrl(databaseUrl, folder);
  const isBeside = besideDatabase(places);
  const isNamed = (path: string): boolean =>
    places.some((place) => path === place || path.startsWith(`${place}/`)) || isBeside(path);
  return (path: string): boolean => outputs.has(path) || isOutput(path) || isNamed(path);
}

function neverAmong(root: string, paths: readonly string[]): ReadonlyMap<string, string> {
  const cohorts = cohortFolders(root);
  const never = new Map<string, string>();
  for (const path of paths) {
    const reason = neverCode(root, path, cohorts);
    if (reason !== null) never.set(path, reason);
  }
  const databases = [...never].filter(([, reason]) => reason === "is a database");
  const isBeside = besideDatabase(databases.map(([path]) => path));
  for (const path of never.size === 0 ? [] : paths) {
    if (isBeside(path)) never.set(path, "belongs to a database");
  }
  return never;
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
