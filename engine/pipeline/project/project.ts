/** A project.yaml, read: plain data with the place of each part. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ActionCommand, ActionRequest } from "../../options/read-words.ts";
import type { YamlMark } from "../../base/yaml-node.ts";

/** From the most to the least sensitive. */
export const securityLevels = [
  "highly_sensitive",
  "moderately_sensitive",
  "minimally_sensitive",
] as const;

export type SecurityLevel = (typeof securityLevels)[number];

export interface DeclaredOutput {
  readonly level: SecurityLevel;
  /** A label that nothing reads. */
  readonly key: string;
  /** From the study's folder; `*` stands for any text without a slash. */
  readonly pattern: string;
  readonly at: YamlMark;
}

export interface Need {
  readonly name: string;
  readonly at: YamlMark;
}

export interface Action {
  readonly name: string;
  /** What its log and records are called: mostly its name. */
  readonly fileName: string;
  /** As written. */
  readonly run: string;
  /** `cohortextractor` of `cohortextractor:latest`; "" where run: could not be read. */
  readonly image: string;
  readonly version: string;
  /** The words behind the image, as a shell would see them. */
  readonly words: readonly string[];
  /** What a cohort action asks for; null where it is a program's, or names no such command. */
  readonly request: ActionRequest | null;
  /** Why the words of a cohort action are not understood; null where they are. */
  readonly fault: string | null;
  /** Passed on as JSON behind --config; null where there is none. */
  readonly config: string | null;
  readonly needs: readonly Need[];
  readonly outputs: readonly DeclaredOutput[];
  readonly dummyDataFile: string | null;
  readonly at: YamlMark;
  readonly runAt: YamlMark;
}

export interface Project {
  readonly version: number;
  /** Dummy patients; null where it could not be read. */
  readonly populationSize: number | null;
  /** In the order of the file, without run_all. */
  readonly actions: readonly Action[];
  readonly text: string;
}

export const PROJECT_FILE = "project.yaml";

export function hasProject(folder: string): boolean {
  return existsSync(join(folder, PROJECT_FILE));
}

/** The name that stands for every action. */
export const RUN_ALL = "run_all";

export function actionNamed(project: Project, name: string): Action | undefined {
  return project.actions.find((action) => action.name === name);
}

/** What `generate_cohort` is asked for; null where the action runs something else. */
export function cohortRequest({ request }: Pick<Action, "request">) {
  return request?.command === "generate_cohort" ? request : null;
}

/** What measures without cohort files are asked for; null where the action runs something else. */
export function recordsRequest({ request }: Pick<Action, "request">) {
  return request?.command === "generate_measures" && request.fromDatabase ? request : null;
}

/** What `cohort_joiner` is asked for; null where the action runs something else. */
export function joinRequest({ request, fault }: Pick<Action, "request" | "fault">) {
  // Without --lhs or --rhs there is nothing to look at.
  return request?.command === "cohort_joiner" && fault === null ? request : null;
}

/**
 * Images whose work cohortline does itself, whatever their version: the commands of cohortextractor under either name,
 * and actions that are one command.
 */
const builtIn: ReadonlyMap<string, readonly ActionCommand[]> = new Map([
  ["cohortextractor", []],
  ["cohortline", []],
  ["cohort-joiner", ["cohort_joiner"]],
  ["deciles-charts", ["deciles_charts"]],
]);

export function isBuiltIn({ image }: Pick<Action, "image">): boolean {
  return builtIn.has(image);
}

/** The words of a built-in action as those of a command line: an action that is one command need not name it. */
export function builtInWords({ image, words }: Pick<Action, "image" | "words">): readonly string[] {
  return [...(builtIn.get(image) ?? []), ...words];
}
