/** Whether what actions read of the study's own files is there. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { nearestNames } from "../../base/nearest.ts";
import type { Problem } from "../../base/problems.ts";
import type { YamlMark } from "../../base/yaml-node.ts";
import { optionIn } from "./command-options.ts";
import { inOrder, noFindings, report } from "./findings.ts";
import { patternMatcher, studyPathFault } from "./output-pattern.ts";
import { isCohortAction } from "./project.ts";
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
  return inOrder(problems);
}

const MOST_HELPED = 20;

interface ReadFile {
  readonly path: string;
  readonly at: YamlMark;
}

function readBy(action: Action): readonly ReadFile[] {
  const { words, dummyDataFile, at, runAt } = action;
  const dummy = dummyDataFile === null ? [] : [{ path: dummyDataFile, at }];
  const file = isCohortAction(action) ? optionIn(words, "--dummy-data-file") : scriptOf(action);
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

/** Null where it cannot be told without knowing the program's options. */
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
