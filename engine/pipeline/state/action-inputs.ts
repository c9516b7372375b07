/** What an action would be made from if it ran now. */
import { studyOfFile } from "../../base/file-names.ts";
import { quotedWord } from "../project/shell-words.ts";
import { studyOf } from "../../options/read-words.ts";
import type { Action, Project } from "../project/project.ts";
import { commandWords, dataOf, populationOf } from "../run/command-words.ts";
import type { PatientSource } from "../run/command-words.ts";
import type { ActionState, ActionInputs } from "./action-state.ts";
import { needsInOrder } from "./needs-in-order.ts";
import { mappingFileOf } from "./mapping-file.ts";
import { namedFiles } from "./named-files.ts";
import type { HashFile } from "./file-stamp.ts";

/** A study's folder as it is now. */
export interface FolderNow {
  readonly folder: string;
  readonly project: Project;
  readonly source: PatientSource;
  readonly engine: string;
  /** Paths of the code, sorted. */
  readonly code: readonly string[];
  readonly hash: HashFile;
  /** Of the last run of each action; null where there is none. */
  readonly stateOf: (action: string) => ActionState | null;
  /** What is only warned about otherwise is refused. */
  readonly strict: boolean;
}

/** Not a part of what programs see: each action's own part of it is in its basis. */
const NOT_CODE = new Set(["project.yaml", "README.md", ".gitignore"]);

/**
 * `reads` are the files that the action's studies were seen to read; null for a program, which may
 * read all code. A file that is gone is left out.
 */
export async function actionInputs(
  action: Action,
  now: FolderNow,
  reads: readonly string[] | null,
): Promise<ActionInputs> {
  const { project, source, engine } = now;
  const inputs = inputsOf(action, now);
  const read = reads ?? now.code.filter((path) => !NOT_CODE.has(path));
  const dummy = action.dummyDataFile === null ? [] : [action.dummyDataFile];
  const named = namedFiles(action.request, now.code);
  const data = dataOf(action, source);
  const mapping = data === null ? [] : [mappingFileOf(source) ?? []].flat();
  const files = [...new Set([...read, ...dummy, ...named, ...mapping])].filter(
    (path) => !Object.hasOwn(inputs, path),
  );
  return {
    command: commandText(action),
    config: action.config,
    outputs: action.outputs.map(({ level, pattern }) => `${level} ${pattern}`).sort(),
    population: populationOf(action, project, source),
    data,
    engine,
    code: await hashesOf(files, now.hash),
    inputs,
    studies: studiesOf(action, now.code),
  };
}

function commandText({ image, version, words }: Action): string {
  return [`${image}:${version}`, ...words].map(quotedWord).join(" ");
}

/** The whole command, as it is run and shown in records. */
export function fullCommand(action: Action, project: Project, source: PatientSource): string {
  const words = commandWords(action, project, source);
  return [`${action.image}:${action.version}`, ...words].map(quotedWord).join(" ");
}

async function hashesOf(paths: readonly string[], hash: HashFile) {
  const hashes: Record<string, string> = {};
  for (const path of paths) {
    const sha256 = await hash(path);
    if (sha256 !== null) hashes[path] = sha256;
  }
  return hashes;
}

/** As their actions left them: whether they still are is judged at those actions. */
function inputsOf(
  action: Action,
  { project, stateOf }: FolderNow,
): Readonly<Record<string, string>> {
  const outputs = needsInOrder(action, project).flatMap(({ name }) => stateOf(name)?.outputs ?? []);
  return Object.fromEntries(outputs.map(({ path, sha256 }) => [path, sha256]));
}

const STUDIES = "analysis/";

/** An action that runs all studies also depends on which there are. */
function studiesOf(action: Action, code: readonly string[]): readonly string[] {
  if (studyOf(action.request) !== "all") return [];
  return code
    .filter((path) => path.startsWith(STUDIES))
    .flatMap((path) => studyOfFile(path.slice(STUDIES.length)) ?? []);
}
