/** Which files a pattern matches, as Python's glob has it. */
import { readdirSync, statSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { nearestNames } from "../../base/nearest.ts";
import { byCodePoint } from "../../base/value-types.ts";
import { matchesSegment, segmentOf } from "../../base/wildcard.ts";
import { fail } from "../problems.ts";
import { shownFolder } from "../shown-folder.ts";

export interface FilePattern {
  /** `--lhs`. */
  readonly option: string;
  readonly pattern: string;
}

/**
 * Paths from the workspace, sorted. `*` and `?` stand for characters of one name, `[12]` for one of a set; none of
 * them for the point that a name begins with. Problem: pattern-matches-nothing.
 */
export function matchingFiles(
  { option, pattern }: FilePattern,
  workspace: string,
): readonly string[] {
  const root = isAbsolute(pattern) ? "/" : workspace;
  const segments = pattern.split("/").filter((name) => name !== "" && name !== ".");
  let places: readonly string[] = [root];
  for (const segment of segments) places = places.flatMap((place) => inside(place, segment));
  const files = places.filter(isFile).map((place) => shownFolder(workspace, place));
  if (files.length > 0) return files.sort(byCodePoint);
  const folder = resolve(root, segments.slice(0, -1).join("/"));
  const beside = namesIn(folder).map((name) => relative(workspace, join(folder, name)));
  return fail("pattern-matches-nothing", {
    option,
    pattern,
    nearest: nearestNames(pattern, beside),
  });
}

function inside(folder: string, segment: string): readonly string[] {
  if (!/[*?[]/.test(segment)) return [join(folder, segment)];
  const wanted = segmentOf(segment);
  return namesIn(folder)
    .filter(
      (name) => (segment.startsWith(".") || !name.startsWith(".")) && matchesSegment(wanted, name),
    )
    .map((name) => join(folder, name));
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // No folder, or one that nobody may look into: nothing in it matches.
    return [];
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
