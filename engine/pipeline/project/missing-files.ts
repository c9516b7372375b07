/** Whether what actions read of the study's own files is there, and the studies that they name. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { studyOfFile } from "../../base/file-names.ts";
import { nearestNames } from "../../base/nearest.ts";
import type { Problem } from "../../base/problems.ts";
import type { YamlMark } from "../../base/yaml-node.ts";
import { inOrder, noFindings, report } from "./findings.ts";
import { studyPathFault } from "./output-pattern.ts";
import { studyOf } from "../../options/read-words.ts";
import { cohortRequest, isBuiltIn } from "./project.ts";
import { patternMatcher } from "../../base/path-pattern.ts";
import type { Action, Project } from "./project.ts";

/** `files` are those of the study, for names to offer. A file that an action makes is not missed. */
export function missingFiles(
  project: Project,
  folder: string,
  files: readonly string[],
): readonly Problem[] {
  const { problems } = noFindings();
  const outputs = project.actions.flatMap(({ outputs }) =>
    outputs.map(({ pattern }) => patternMatcher(pattern)),
  );
  for (const action of project.actions) {
    for (const { path, at } of readBy(action)) {
      if (studyPathFault(path) !== null || isFile(join(folder, path))) continue;
      if (outputs.some((matches) => matches(path))) continue;
      const nearest = problems.length < MOST_HELPED ? nearestNames(path, files) : [];
      report(problems, "run-script-missing", { action: action.name, path, nearest }, at);
    }
  }
  problems.push(...missingStudies(project, files));
  return inOrder(problems);
}

const STUDIES = "analysis/";

/** Where there is no study at all, that is reported for itself. */
function missingStudies({ actions }: Project, files: readonly string[]): readonly Problem[] {
  const { problems } = noFindings();
  const inFolder = files.filter((path) => path.startsWith(STUDIES));
  const known = inFolder.flatMap((path) => studyOfFile(path.slice(STUDIES.length)) ?? []);
  if (known.length === 0) return problems;
  for (const { name: action, request, runAt } of actions) {
    const study = studyOf(request) ?? "all";
    if (study === "all" || known.includes(study)) continue;
    const nearest = problems.length < MOST_HELPED ? nearestNames(study, known) : [];
    report(problems, "run-study-missing", { action, study, nearest }, runAt);
  }
  return problems;
}

const MOST_HELPED = 20;

interface ReadFile {
  readonly path: string;
  readonly at: YamlMark;
}

function readBy(action: Action): readonly ReadFile[] {
  const { dummyDataFile, at, runAt } = action;
  const dummy = dummyDataFile === null ? [] : [{ path: dummyDataFile, at }];
  const file = isBuiltIn(action)
    ? (cohortRequest(action)?.dummyDataFile ?? null)
    : scriptOf(action);
  return file === null ? dummy : [...dummy, { path: file, at: runAt }];
}

/** Images whose first word, or the word behind the name of a program, is the script that they run. */
const SCRIPTS: Readonly<Record<string, RegExp>> = {
  python: /\.py$/,
  r: /\.R$/i,
  "stata-mp": /\.do$/,
  jupyter: /\.(ipynb|py)$/,
};

const PROGRAMS = new Set(["python", "python3", "Rscript", "stata", "stata-mp"]);

/** Null where it cannot be reported without knowing the program's options. */
function scriptOf({ image, words }: Action): string | null {
  const script = PROGRAMS.has(words[0] ?? "") ? words[1] : words[0];
  const ending = Object.hasOwn(SCRIPTS, image) ? SCRIPTS[image] : undefined;
  return script !== undefined && ending?.test(script) === true && !script.startsWith("-")
    ? script.replace(/^\/workspace\//, "")
    : null;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
