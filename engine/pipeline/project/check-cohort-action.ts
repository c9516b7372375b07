/** Whether a command of cohortextractor can be run, and agrees with what its action declares. */
import { posix } from "node:path";
import { contradictionIn, measureContradictionIn } from "../../commands/cohorts/contradictions.ts";
import type { RequestOf } from "../../options/command-table.ts";
import type { ActionRequest } from "../../options/read-words.ts";
import { foldersOf, folderThatWins, saysFolder } from "./cohort-folder.ts";
import { report } from "./findings.ts";
import type { Findings } from "./findings.ts";
import { meetsPattern, studyPathFault } from "./output-pattern.ts";
import { cohortRequest, joinRequest } from "./project.ts";
import type { Action, DeclaredOutput } from "./project.ts";
import { writtenBesides, writtenPattern } from "./written-patterns.ts";

/** Why words of a cohortextractor command are not understood; null where they are. */
export type RefuseWords = (words: readonly string[]) => string | null;

export function checkCohortAction(action: Action, findings: Findings): void {
  const { name, runAt } = action;
  const reason = reasonToRefuse(action);
  if (namesDatabase(action)) {
    report(findings.problems, "run-database-url", { action: name }, runAt);
  } else if (reason !== null) {
    report(findings.problems, "cohort-command", { action: name, reason }, runAt);
  }
  checkPaths(action, findings);
  checkCohorts(action, findings);
  checkJoin(action, findings);
  checkExactReport(action, findings);
  if (reason === null && !isUndecided(action)) checkMatches(action, findings);
}

function namesDatabase({ request }: Action): boolean {
  return request !== null && "databaseUrl" in request && request.databaseUrl !== undefined;
}

function reasonToRefuse(action: Action): string | null {
  const { request, fault, dummyDataFile } = action;
  const cohorts = cohortRequest(action);
  const source = cohorts === null ? null : sourceIn(cohorts);
  if (source !== null && dummyDataFile !== null) {
    return `${source} and dummy_data_file exclude each other`;
  }
  if (fault !== null) return fault;
  if (request?.shared === true) return "--shared is for the person who runs the project to say";
  if (request?.command === "generate_measures") {
    if (request.fromDatabase && dummyDataFile !== null) {
      return "--from-database and dummy_data_file exclude each other";
    }
    return measureContradictionIn(request);
  }
  if (request?.command === "audit") return auditFault(request);
  return cohorts === null ? null : contradictionIn(cohorts);
}

/** What an audit says of a pipeline's outputs is a page, and stands in the record by the paths of these. */
function auditFault({
  html,
  certificate,
  showValues,
  description,
}: RequestOf<"audit">): string | null {
  if (showValues) return "--show-values prints hidden numbers, and the log of an action is kept";
  if (description !== undefined)
    return "--description names no outputs of this project: audit it by hand";
  return html === undefined && certificate === undefined
    ? "an audit writes --html FILE or --certificate FILE, and one of them is to be given"
    : null;
}

type GenerateCohort = RequestOf<"generate_cohort">;

/** The option by which the words themselves say where dummy data come from. */
export function sourceIn(request: GenerateCohort): string | null {
  const { expectationsPopulation, dummyDataFile } = request;
  if (expectationsPopulation !== undefined) return "--expectations-population";
  return dummyDataFile === undefined ? null : "--dummy-data-file";
}

/** Places that the words of a cohort action name, each with its option. */
export function placesIn(action: Action): readonly (readonly [string, string])[] {
  const { request, fault } = action;
  const { lhs, rhs } = joinRequest(action) ?? {};
  const isDeciles = request?.command === "deciles_charts" && fault === null;
  const audit = request?.command === "audit" ? request : null;
  const named = Object.entries({
    "--input-files": isDeciles ? request.inputFiles : undefined,
    "--lhs": lhs,
    "--rhs": rhs,
    "--output-dir": request !== null && "outputDir" in request ? request.outputDir : undefined,
    "--output-file": request !== null && "outputFile" in request ? request.outputFile : undefined,
    "--pictures": request?.command === "measures_report" ? request.pictures : undefined,
    "--dummy-data-file": cohortRequest(action)?.dummyDataFile,
    "--html": audit?.html,
    "--certificate": audit?.certificate,
    "--known": audit?.known,
    "--policy": audit?.policy,
  }).flatMap(([option, path]) => (path === undefined ? [] : [[option, path] as const]));
  return [...named, ...(audit?.earlier ?? []).map((path) => ["--earlier", path] as const)];
}

/** Only who types a command may name folders elsewhere. */
function checkPaths(action: Action, { problems }: Findings): void {
  const { name, dummyDataFile, at, runAt } = action;
  for (const [what, path] of placesIn(action)) {
    const reason = studyPathFault(path);
    if (reason === null) continue;
    report(problems, "project-path", { action: name, what, path, reason }, runAt);
  }
  const reason = dummyDataFile === null ? null : studyPathFault(dummyDataFile);
  if (dummyDataFile === null || reason === null) return;
  const facts = { action: name, what: "dummy_data_file", path: dummyDataFile, reason };
  report(problems, "project-path", facts, at);
}

function checkCohorts(action: Action, { problems }: Findings): void {
  const { name, outputs, at } = action;
  const request = cohortRequest(action) ?? joinRequest(action);
  if (request === null || outputs.length === 0) return;
  const cohorts = outputs.filter((output) => !isRoundedAttrition(output, cohortRequest(action)));
  const levels = new Set(cohorts.map(({ level }) => level));
  if (levels.size > 1) {
    report(problems, "cohort-levels", { action: name, levels: levels.size }, at);
  } else if (levels.size === 1 && !levels.has("highly_sensitive")) {
    report(problems, "cohort-level-low", { action: name }, at);
  }
  const folders = foldersOf(action);
  if (folders.length > 1 && request.outputDir === undefined) {
    report(problems, "cohort-folders", { action: name, folders }, at);
  }
}

/** A folder with a wildcard may be any: what it turns out to be is held against the output folder then. */
function checkJoin(action: Action, { problems }: Findings): void {
  const request = joinRequest(action);
  if (request === null) return;
  const folder = posix.join(request.outputDir, ".");
  const inputs = [request.lhs, request.rhs].map((pattern) =>
    posix.join(posix.dirname(pattern), "."),
  );
  if (!inputs.includes(folder)) return;
  report(problems, "joined-in-place", { action: action.name, folder }, action.runAt);
}

/** Its page shows how many patients there are, exactly and however few. */
function checkExactReport(action: Action, { problems }: Findings): void {
  const { name, request, outputs } = action;
  if (request?.command !== "cohort_report" || !request.exact) return;
  for (const { level, pattern, at } of outputs) {
    if (level === "highly_sensitive") continue;
    report(problems, "exact-report-level", { action: name, pattern, level }, at);
  }
}

/** It has no row of a patient, and its numbers are rounded: researchers may see it. */
function isRoundedAttrition({ pattern }: DeclaredOutput, request: GenerateCohort | null): boolean {
  if (request === null || !request.attrition || request.exactAttrition) return false;
  return ATTRITION.test(posix.basename(pattern));
}

const ATTRITION = /^attrition[^/]*\.csv$/;

/** Where cohorts go cannot be reported, which is a problem of its own. */
function isUndecided(action: Action): boolean {
  const request = cohortRequest(action);
  return request !== null && !saysFolder(request) && foldersOf(action).length > 1;
}

/**
 * A pattern that no file of the command can match lets the action fail in the end. A name without a
 * wildcard may be of a file that the study itself writes.
 */
function checkMatches(action: Action, { problems, warnings }: Findings): void {
  const { name, outputs, request, runAt } = action;
  if (request === null) return;
  const folder = folderThatWins(action);
  const given = cohortRequest(action)?.outputDir;
  if (folder !== null && given !== undefined) {
    const facts = { action: name, given, into: folder };
    report(warnings, "cohort-output-dir-replaced", facts, runAt);
  }
  const written = writtenPattern(action, request);
  const isMade = meetsOneOf([written, ...writtenBesides(action, request)]);
  const mayWriteMore = isWrittenByStudies(request);
  for (const output of outputs.filter((each) => !mayWriteMore || isOfCommand(each, outputs))) {
    const { pattern, at } = output;
    if (isMade(pattern)) continue;
    report(problems, "cohort-output-missed", { action: name, pattern, written }, at);
  }
}

/** Studies of other commands write nothing. */
function isWrittenByStudies({ command }: ActionRequest): boolean {
  return command === "generate_cohort" || command === "generate_measures";
}

function meetsOneOf(written: readonly string[]): (pattern: string) => boolean {
  const meets = written.map((each) => meetsPattern(each));
  return (pattern) => meets.some((meetsIt) => meetsIt(pattern));
}

function isOfCommand({ pattern }: DeclaredOutput, outputs: readonly DeclaredOutput[]): boolean {
  if (/^(input|measure_)[^/]*$/.test(posix.basename(pattern))) return true;
  if (!pattern.includes("*")) return false;
  const matches = meetsPattern(pattern);
  return !outputs.some((other) => !other.pattern.includes("*") && matches(other.pattern));
}
