/** The command `init`: a small study that runs at once. */
import {
  closeSync,
  lstatSync,
  openSync,
  readdirSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { byCodePoint } from "../../base/value-types.ts";
import { studyOfFile } from "../../base/file-names.ts";
import { failForFile } from "../../files/file-problem.ts";
import type { RequestOf } from "../../options/command-table.ts";
import type { RunContext } from "../context.ts";
import { fail } from "../problems.ts";
import { shownFolder } from "../shown-folder.ts";
import { linkPackage } from "./link-package.ts";
import { starterFiles } from "./starter-files.ts";
import type { StarterFile } from "./starter-files.ts";
import { makeFolder } from "../../files/make-folder.ts";

/**
 * Writes the files, in a folder that is made where it is not there, and gives lines that say what to do next.
 * Problem, before anything is written: init-file-exists. After any other nothing of it is left.
 */
export function initStudy(
  request: RequestOf<"init">,
  { workspace }: Pick<RunContext, "workspace">,
): readonly string[] {
  const folder = resolve(workspace, request.folder);
  const files = starterFiles(request.python ? "python" : "typescript");
  const inTheWay = filesInTheWay(folder, files);
  if (inTheWay.length > 0) fail("init-file-exists", { files: inTheWay });
  writeAll(folder, files);
  if (!request.python) linkPackage(folder);
  return nextSteps(shownFolder(workspace, folder), files);
}

function filesInTheWay(folder: string, files: readonly StarterFile[]): readonly string[] {
  try {
    const found = statSync(folder, { throwIfNoEntry: false });
    if (found === undefined) return [];
    if (!found.isDirectory()) return [folder];
    const blocked = files.flatMap(({ path }) => blockers(folder, path));
    return [...new Set([...blocked, ...otherFaces(folder)])].sort(byCodePoint);
  } catch (error) {
    return failForFile(error, folder, "write");
  }
}

/** The path, from the folder, where something is already; or a folder of it where something else is. */
function blockers(folder: string, path: string): readonly string[] {
  const parts = path.split("/");
  const places = parts.map((_, i) => parts.slice(0, i + 1).join("/"));
  // The first one: below what is no folder nothing can be asked for.
  const blocked = places.find((place) => {
    const found = lstatSync(join(folder, place), { throwIfNoEntry: false });
    return found !== undefined && (place === path || !found.isDirectory());
  });
  return blocked === undefined ? [] : [blocked];
}

/** The study in another language would be a second file of the same study. */
function otherFaces(folder: string): readonly string[] {
  const analysis = join(folder, "analysis");
  if (lstatSync(analysis, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(analysis)
    .filter((name) => studyOfFile(name) === "study_definition")
    .map((name) => `analysis/${name}`);
}

function writeAll(folder: string, files: readonly StarterFile[]): void {
  const [written, made]: [string[], string[]] = [[], []];
  try {
    for (const { path, bytes } of files) {
      const file = join(folder, path);
      made.push(...makeFolder(dirname(file)));
      // "wx": never one that somebody else has put there meanwhile.
      const descriptor = openSync(file, "wx");
      written.push(file);
      writeFileSync(descriptor, bytes);
      closeSync(descriptor);
    }
  } catch (error) {
    for (const file of written) rmSync(file, { force: true });
    for (const each of made.reverse()) removeIfEmpty(each);
    failForFile(error, folder, "write");
  }
}

/** Others may have put something there meanwhile. */
function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    return;
  }
}

function nextSteps(shown: string, files: readonly StarterFile[]): readonly string[] {
  const place = shown === "." ? "this folder" : shown;
  const words = /^[\w./-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`;
  return [
    `Wrote a study of ${files.length} files to ${place}:`,
    ...files.map(({ path }) => `  ${path}`),
    "",
    "Run it, with dummy data:",
    ...(shown === "." ? [] : [`  cd ${words}`]),
    "  cohortline run run_all",
    "Then change analysis/ and codelists/, and run the same again.",
  ];
}
