/** What actions run: whether the version allows it, and whether commands agree with their outputs. */
import { checkCohortAction } from "./check-cohort-action.ts";
import { report } from "./findings.ts";
import type { Findings } from "./findings.ts";
import { patternMatcher } from "../../base/path-pattern.ts";
import { isBuiltIn } from "./project.ts";
import type { Action, Project } from "./project.ts";
import { warnOfWithheldPages } from "./warn-of-withheld-pages.ts";
import { LATEST_VERSION, WITHOUT_COHORTEXTRACTOR } from "./read-version.ts";

export function checkRuns(project: Project, findings: Findings): void {
  const first = new Map<string, string>();
  for (const action of project.actions) {
    checkVersion(project, action, findings);
    checkRepeated(action, first, findings);
    if (isBuiltIn(action)) checkCohortAction(action, findings);
    if (isDataset(action)) checkDataset(action, findings);
  }
  warnOfWithheldPages(project, findings);
}

function checkVersion({ version }: Project, action: Action, { problems }: Findings): void {
  const { name, image, version: tag, runAt } = action;
  const refuse = (what: string): void => {
    report(problems, "run-not-supported", { action: name, what, version }, runAt);
  };
  // The engine's own name, cohortline, is an action like any other in every version.
  if (version >= WITHOUT_COHORTEXTRACTOR && image === "cohortextractor") refuse(image);
  if (version >= LATEST_VERSION && tag === "latest") refuse(`${image}:latest`);
}

/** The same run with another config does something else. */
function checkRepeated(action: Action, first: Map<string, string>, { problems }: Findings): void {
  const { name, run, config, image, runAt } = action;
  if (image === "") return;
  const what = JSON.stringify([run, config]);
  const other = first.get(what);
  if (other === undefined) first.set(what, name);
  else report(problems, "run-repeated", { action: name, other }, runAt);
}

function isDataset({ image, words }: Action): boolean {
  const command = words[0]?.replaceAll("_", "-");
  return ["ehrql", "databuilder"].includes(image) && command === "generate-dataset";
}

function checkDataset(action: Action, { problems }: Findings): void {
  const { name, outputs, words, runAt } = action;
  for (const { level, pattern, at } of outputs) {
    if (level !== "highly_sensitive") {
      report(problems, "dataset-level", { action: name, pattern }, at);
    }
  }
  const given = outputIn(words);
  if (given === null) report(problems, "dataset-output", { action: name, given }, runAt);
  else if (!outputs.some(({ pattern }) => isSameOutput(given, pattern))) {
    report(problems, "dataset-output", { action: name, given }, runAt);
  }
}

/** What the last `--output VALUE` or `--output=VALUE` says; null where there is none. */
function outputIn(words: readonly string[]): string | null {
  let found: string | null = null;
  words.forEach((word, i) => {
    if (word === "--output") found = words[i + 1] ?? null;
    else if (word.startsWith("--output=")) found = word.slice("--output=".length);
  });
  return found;
}

/** `dir:ext` stands for dir/*.ext. */
function isSameOutput(given: string, pattern: string): boolean {
  const [, folder, extension] = /^(.+):([a-z.]+)$/.exec(given) ?? [];
  if (folder === undefined || extension === undefined) return given === pattern;
  return patternMatcher(`${folder.replace(/\/$/, "")}/*.${extension}`)(pattern);
}
