/** Whether links in the study's folder lead what project.yaml names out of it. */
import { lstatSync } from "node:fs";
import { join } from "node:path";
import { enclose, placeIn } from "../../files/enclosure.ts";
import type { Enclosure } from "../../files/enclosure.ts";
import type { Problem } from "../../base/problems.ts";
import type { YamlMark } from "../../base/yaml-node.ts";
import { placesIn } from "./check-cohort-action.ts";
import { noFindings, report } from "./findings.ts";
import { studyPathFault } from "./output-pattern.ts";
import type { Action, Project } from "./project.ts";

/** A person may link a folder and name it by hand; a project, which others bring, may not. */
export function checkPlaces(project: Project, folder: string): readonly Problem[] {
  const { problems } = noFindings();
  const leadsOut = linkFinder(folder);
  for (const action of project.actions) {
    for (const { path, at } of placesOf(action)) {
      const link = studyPathFault(path) === null ? leadsOut(path) : null;
      if (link !== null)
        report(problems, "path-through-link", { action: action.name, path, link }, at);
    }
  }
  return problems;
}

interface NamedPlace {
  /** A folder, or a file that is read. */
  readonly path: string;
  readonly at: YamlMark;
}

function placesOf(action: Action): readonly NamedPlace[] {
  const { outputs, dummyDataFile, at, runAt } = action;
  const folders = outputs.map(({ pattern, at: outputAt }) => ({
    path: fixedFolder(pattern),
    at: outputAt,
  }));
  return [
    ...folders,
    ...placesIn(action).map(([, path]) => ({ path, at: runAt })),
    ...(dummyDataFile === null ? [] : [{ path: dummyDataFile, at }]),
  ].filter(({ path }) => path !== "");
}

/** The folders of a pattern before its first wildcard. */
function fixedFolder(pattern: string): string {
  const fixed = pattern.split("*")[0] ?? "";
  return fixed.slice(0, Math.max(fixed.lastIndexOf("/"), 0));
}

/** Gives the first part of a path that is a link out of the folder or into metadata/ or .git/. */
function linkFinder(folder: string): (path: string) => string | null {
  const enclosure = enclose(folder);
  const known = new Map<string, string | null>();
  const judge = (path: string): string | null => {
    const found = known.get(path);
    if (found !== undefined) return found;
    const above = path.includes("/") ? judge(path.slice(0, path.lastIndexOf("/"))) : null;
    const answer = above ?? (isLinkOut(enclosure, path) ? path : null);
    known.set(path, answer);
    return answer;
  };
  return (path) => judge(path.replace(/\/+$/, ""));
}

function isLinkOut(enclosure: Enclosure, path: string): boolean {
  const file = join(enclosure.root, path);
  if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return false;
  try {
    const place = placeIn(enclosure, path);
    // It leads nowhere: what is written there would appear where nobody looks.
    return place.kind !== "inside" || studyPathFault(place.path) !== null;
  } catch {
    // Its links form a cycle.
    return true;
  }
}
