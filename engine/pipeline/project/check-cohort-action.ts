/** Whether a command of cohortextractor can be run, and agrees with what its action declares. */
import { posix } from "node:path";
import { optionIn } from "./command-options.ts";
import { report } from "./findings.ts";
import type { Findings } from "./findings.ts";
import { meetsPattern, studyPathFault } from "./output-pattern.ts";
import type { Action, DeclaredOutput } from "./project.ts";

/** Why words of a cohortextractor command are not understood; null where they are. */
export type RefuseWords = (words: readonly string[]) => string | null;

export function checkCohortAction(action: Action, refuse: RefuseWords, findings: Findings): void {
  const { name, words, runAt } = action;
  const reason = reasonToRefuse(action, refuse);
  if (optionIn(words, "--database-url") !== null) {
    report(findings.problems, "run-database-url", { action: name }, runAt);
  } else if (reason !== null) {
    report(findings.problems, "cohort-command", { action: name, reason }, runAt);
  }
  checkPaths(action, findings);
  if (words[0] === "generate_cohort") checkCohorts(action, findings);
  if (reason === null && !isUndecided(action)) checkMatches(action, findings);
}

function reasonToRefuse(action: Action, refuse: RefuseWords): string | null {
  const { words, config, dummyDataFile } = action;
  const said = ["--expectations-population", "--dummy-data-file"].find(
    (option) => optionIn(words, option) !== null,
  );
  if (said !== undefined && dummyDataFile !== null) {
    return `${said} and dummy_data_file exclude each other`;
  }
  return refuse([...words, ...(config === null ? [] : ["--config", config])]);
}

const PATHS = ["--output-dir", "--output-file", "--dummy-data-file"] as const;

/** Only who types a command may name folders elsewhere. */
function checkPaths(
  { name, words, dummyDataFile, at, runAt }: Action,
  { problems }: Findings,
): void {
  for (const option of PATHS) {
    const path = optionIn(words, option);
    const reason = path === null ? null : studyPathFault(path);
    if (path === null || reason === null) continue;
    report(problems, "project-path", { action: name, what: option, path, reason }, runAt);
  }
  const reason = dummyDataFile === null ? null : studyPathFault(dummyDataFile);
  if (dummyDataFile === null || reason === null) return;
  const facts = { action: name, what: "dummy_data_file", path: dummyDataFile, reason };
  report(problems, "project-path", facts, at);
}

function checkCohorts(action: Action, { problems }: Findings): void {
  const { name, words, outputs, at } = action;
  if (outputs.length === 0) return;
  const levels = new Set(outputs.map(({ level }) => level));
  if (levels.size > 1) {
    report(problems, "cohort-levels", { action: name, levels: levels.size }, at);
  } else if (!levels.has("highly_sensitive")) {
    report(problems, "cohort-level-low", { action: name }, at);
  }
  const folders = foldersOf(action);
  if (folders.length > 1 && optionIn(words, "--output-dir") === null) {
    report(problems, "cohort-folders", { action: name, folders }, at);
  }
}

/** Where cohorts go cannot be told, which is a problem of its own. */
function isUndecided(action: Action): boolean {
  const { words } = action;
  const said = ["--output-dir", "--output-file"].some((option) => optionIn(words, option) !== null);
  return words[0] === "generate_cohort" && !said && foldersOf(action).length > 1;
}

/** The folders in which an action declares outputs, each once. */
export function foldersOf({ outputs }: Action): readonly string[] {
  return [...new Set(outputs.map(({ pattern }) => posix.dirname(pattern)))];
}

/**
 * A pattern that no file of the command can match lets the action fail in the end. A name without a
 * wildcard may be of a file that the study itself writes.
 */
function checkMatches(action: Action, { problems }: Findings): void {
  const { name, outputs } = action;
  const written = writtenPattern(action);
  const isMade = meetsPattern(written);
  for (const output of outputs.filter((each) => isOfCommand(each, outputs))) {
    const { pattern, at } = output;
    if (isMade(pattern)) continue;
    report(problems, "cohort-output-missed", { action: name, pattern, written }, at);
  }
}

function isOfCommand({ pattern }: DeclaredOutput, outputs: readonly DeclaredOutput[]): boolean {
  if (/^(input|measure_)[^/]*$/.test(posix.basename(pattern))) return true;
  if (!pattern.includes("*")) return false;
  const matches = meetsPattern(pattern);
  return !outputs.some((other) => !other.pattern.includes("*") && matches(other.pattern));
}

/** Where the command writes and how its files are called: output/input*.csv. */
function writtenPattern(action: Action): string {
  const { words } = action;
  const file = optionIn(words, "--output-file");
  if (file !== null) {
    const extension = /((?:\.[^./]+)?\.[^./]+)$/.exec(file)?.[1] ?? "";
    return posix.normalize(`${file.slice(0, file.length - extension.length)}*${extension}`);
  }
  const format = optionIn(words, "--output-format") ?? "csv";
  const [stem, folder] =
    words[0] === "generate_cohort" ? ["input", onlyFolder(action)] : ["measure_", "output"];
  return posix.normalize(`${optionIn(words, "--output-dir") ?? folder}/${stem}*.${format}`);
}

/** Where cohorts go if nothing else is said. */
function onlyFolder(action: Action): string {
  const [folder = "output", ...others] = foldersOf(action);
  return others.length === 0 ? folder : "output";
}
