/** From an author's file to a checked study: sandbox, shape, meaning. */
import { ProblemError } from "../../base/problems.ts";
import { problem as problemOfPython } from "../../python/problems.ts";
import { problem } from "../problems.ts";
import type { Place, Problem } from "../../base/problems.ts";
import { checkPeriods } from "../../definition/check/check-periods.ts";
import { checkStudy } from "../../definition/check/check-study.ts";
import { checkCodes } from "../../definition/codelists/check-codes.ts";
import { checkStudyExpectations } from "../../definition/expectations/expectation-study.ts";
import { valueFilesOf } from "../../definition/checked-study.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import type { StudyFile } from "../../definition/model.ts";
import {
  measuresToJson,
  studyFileFromJson,
  studyToJson,
} from "../../definition/json/study-json.ts";
import type { CanWrite, FileRead, FileWrite } from "../../sandbox/study-files.ts";
import { fingerprintOf } from "../manifest/fingerprint.ts";
import type { CommandName } from "../../options/command-table.ts";
import type { RunContext, StudyFacts } from "../context.ts";
import { discoverStudies, selectStudies } from "./study-discovery.ts";
import { runDefinition } from "./run-definition.ts";
import type { StudyLocation } from "./study-discovery.ts";
import { writeOutputs } from "./write-outputs.ts";
import type { RequestOf } from "../../options/command-table.ts";

export interface LoadedStudy {
  readonly location: StudyLocation;
  readonly study: CheckedStudy;
  /** As the author's file says it. */
  readonly definition: StudyFile;
  readonly writes: readonly FileWrite[];
}

/** What studies are loaded for. */
export interface LoadedFor {
  readonly command: CommandName;
  readonly params?: Readonly<Record<string, string>> | undefined;
  /** Whether dummy data are, or could be, made: a study that is wrong then tells of its expectations too. */
  readonly drawsDummyData?: boolean;
}

/**
 * Loads several studies and tells the problems of all of them together. A file that defines no study is left
 * out, with a warning: python-study-skipped. Problem, where none is left: python-study-missing.
 */
export async function loadStudies(
  locations: readonly StudyLocation[],
  wanted: LoadedFor,
  context: RunContext,
): Promise<readonly LoadedStudy[]> {
  const problems: Problem[] = [];
  const loaded: LoadedStudy[] = [];
  const without: Place[] = [];
  for (const location of locations) {
    try {
      const study = await loadStudy(location, wanted, context);
      if (study === null) without.push({ file: location.file });
      else loaded.push(study);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length + loaded.length === 0) {
    problems.push(...without.map((place) => problemOfPython("python-study-missing", {}, place)));
  }
  if (problems.length > 0) throw new ProblemError(problems);
  const skipped = without.map((place) => problemOfPython("python-study-skipped", {}, place));
  tellWarnings(skipped, context.reporter);
  return loaded;
}

/** The studies that a request names. Problems: no-workspace, no-study, unknown-study, those of the studies. */
export function loadRequested(
  request: Pick<RequestOf<"check">, "studyDefinition" | "param"> & {
    readonly command: CommandName;
  },
  context: RunContext,
  drawsDummyData = false,
): Promise<readonly LoadedStudy[]> {
  const { command, studyDefinition, param: params } = request;
  const locations = selectStudies(discoverStudies(context.workspace), studyDefinition);
  return loadStudies(locations, { command, params, drawsDummyData }, context);
}

async function loadStudy(
  location: StudyLocation,
  { command, params = {}, drawsDummyData = false }: LoadedFor,
  { workspace, outputPolicy, onStudy, reporter, now }: RunContext,
): Promise<LoadedStudy | null> {
  const policy = await outputPolicy(command, location.name);
  const refused: string[] = [];
  const canWrite: CanWrite = (path) => {
    const answer = policy.decide(path);
    if (answer === "refuse") refused.push(path);
    // Refusals are told here, where the declared names are known.
    return answer === "refuse" ? "ignore" : answer;
  };
  const ran = await runDefinition({ workspace, file: location.file, params, canWrite }, now());
  const { declared } = policy;
  for (const text of ran.said.printed)
    reporter.tell({ kind: "printed", study: location.name, text });
  const problems = refused
    .filter((path) => !ran.ownFiles.has(path))
    .map((path) => problem("undeclared-output", { path, declared }));
  const kept = refused.filter((path) => ran.ownFiles.has(path));
  const warnings = kept.map((path) => problem("study-write-kept", { path }));
  tellWarnings([...ran.said.warnings, ...warnings], reporter);
  if (ran.module === null) return null;
  const definition = studyFileFromJson(ran.module);
  const codes = checkCodes(definition.study, ran.textOf);
  problems.push(...codes.problems);
  tellWarnings(codes.warnings, reporter);
  const checked = checkStudy(location.name, definition);
  const periods = checkPeriods(checked.ok ? checked.study : checked.partial);
  problems.push(...periods.problems);
  tellWarnings(periods.warnings, reporter);
  tellWarnings(checked.warnings, reporter);
  if (!checked.ok) {
    problems.push(...checked.problems);
    // Told in one go with the others.
    if (drawsDummyData) problems.push(...checkStudyExpectations(checked.partial).problems);
  }
  if (!checked.ok || problems.length > 0) throw new ProblemError(problems);
  onStudy?.(factsOf(location, definition, checked.study, ran.filesRead));
  return { location, study: checked.study, definition, writes: ran.writes };
}

function tellWarnings(warnings: readonly Problem[], reporter: RunContext["reporter"]): void {
  for (const warning of warnings) reporter.tell({ kind: "warning", problem: warning });
}

function factsOf(
  { name }: StudyLocation,
  { study, measures }: StudyFile,
  { columns }: CheckedStudy,
  filesRead: readonly FileRead[],
): StudyFacts {
  const reads = [...new Set([...filesRead.map(({ path }) => path), ...valueFilesOf(columns)])];
  return {
    name,
    reads,
    fingerprint: fingerprintOf({ study: studyToJson(study), measures: measuresToJson(measures) }),
  };
}

/** The files that valid studies wanted written, after everything else of them proved right. */
export async function writeStudyOutputs(
  studies: readonly LoadedStudy[],
  { workspace }: RunContext,
): Promise<readonly string[]> {
  const writes = studies.flatMap((study) => study.writes);
  await writeOutputs(workspace, writes);
  return writes.map(({ path }) => path);
}
