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
import { runAhead } from "./run-ahead.ts";
import { discoverStudies, selectStudies } from "./study-discovery.ts";
import type { RanStudy } from "../../sandbox/run-study-file.ts";
import { inWordsOf, runDefinition, studiesAtOnce } from "./run-definition.ts";
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
  /**
   * Read each study as the actions of project.yaml run it, with the parameters of each. One that needs a file
   * of an action that has not run yet is left out with a warning: nothing is wrong with it.
   */
  readonly asActionsRun?: boolean;
}

/**
 * Loads several studies and reports the problems of all of them together. A file that defines no study is left
 * out, with a warning: python-study-skipped. Problem, where none is left: python-study-missing.
 */
export async function loadStudies(
  locations: readonly StudyLocation[],
  wanted: LoadedFor,
  given: RunContext,
): Promise<readonly LoadedStudy[]> {
  const context = { ...given, reporter: warningOnce(given.reporter) };
  const problems: Problem[] = [];
  const loaded: LoadedStudy[] = [];
  const without: Place[] = [];
  const reads = await withParams(locations, wanted, context);
  const running = runAhead(reads, studiesAtOnce(locations), ([location, params]) =>
    runStudy(location, { ...wanted, params }, context),
  );
  for (const [i, [location]] of reads.entries()) {
    const ended = await tryStudy(location, wanted, { ...context, run: () => running(i) });
    if ("problems" in ended) problems.push(...ended.problems);
    else if ("warnings" in ended) tellWarnings(ended.warnings, context.reporter);
    else if (ended.study === null) without.push({ file: location.file });
    else loaded.push(ended.study);
  }
  if (problems.length + loaded.length === 0) {
    problems.push(...without.map((place) => problemOfPython("python-study-missing", {}, place)));
  }
  if (problems.length > 0) throw new ProblemError(distinct(problems));
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
  const asActionsRun = command === "check";
  return loadStudies(locations, { command, params, drawsDummyData, asActionsRun }, context);
}

type Params = Readonly<Record<string, string>>;

/** Parameters that were typed are for every study. */
async function withParams(
  locations: readonly StudyLocation[],
  { command, params = {}, asActionsRun = false }: LoadedFor,
  { outputPolicy }: RunContext,
): Promise<readonly (readonly [StudyLocation, Params])[]> {
  const isAsked = asActionsRun && Object.keys(params).length === 0;
  const each = locations.map(async (location) => {
    const { params: given = [] } = isAsked ? await outputPolicy(command, location.name) : {};
    return (given.length === 0 ? [params] : given).map((set) => [location, set] as const);
  });
  return (await Promise.all(each)).flat();
}

type Tried =
  | { readonly study: LoadedStudy | null }
  | { readonly problems: readonly Problem[] }
  | { readonly warnings: readonly Problem[] };

/** What a study gives is asked for when it is its turn to be reported. */
type LoadContext = RunContext & { readonly run: () => Promise<Ran> };

async function tryStudy(
  location: StudyLocation,
  wanted: LoadedFor,
  context: LoadContext,
): Promise<Tried> {
  try {
    return { study: await loadStudy(location, wanted, context) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const problems = await inWordsOf(location.file, error.problems);
    const isEarly = problems.every(({ code }) => code === "study-path-not-made");
    return wanted.asActionsRun === true && isEarly ? { warnings: problems } : { problems };
  }
}

/** Studies share helpers and codelists: what is wrong with those is reported once. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((each) => [JSON.stringify(each), each])).values()];
}

function warningOnce(reporter: RunContext["reporter"]): RunContext["reporter"] {
  const told = new Set<string>();
  return {
    progress: (work) => reporter.progress(work),
    report: (event) => {
      const text = event.kind === "warning" ? JSON.stringify(event.problem) : "";
      if (!told.has(text)) reporter.report(event);
      if (text !== "") told.add(text);
    },
  };
}

async function loadStudy(
  location: StudyLocation,
  wanted: LoadedFor,
  context: LoadContext,
): Promise<LoadedStudy | null> {
  const { ran, problems } = tellRun(location, await context.run(), context);
  if (ran.module === null) return null;
  const definition = studyFileFromJson(ran.module);
  const checked = checkStudy(location.name, definition);
  const known = checked.ok ? checked.study : checked.partial;
  const [codes, periods] = [checkCodes(definition.study, ran.textOf), checkPeriods(known)];
  // They make a part of the study empty. cohortextractor says nothing of it, and its studies are not changed.
  const empty = [...codes.problems, ...periods.problems];
  const isWarned = location.file.endsWith(".py");
  problems.push(...(isWarned ? [] : empty), ...(checked.ok ? [] : checked.problems));
  const warnings = [...codes.warnings, ...periods.warnings, ...checked.warnings];
  const all = isWarned ? [...empty, ...warnings] : warnings;
  tellWarnings(await inWordsOf(location.file, all), context.reporter);
  // Told in one go with the others.
  if (!checked.ok && wanted.drawsDummyData === true) {
    problems.push(...checkStudyExpectations(known).problems);
  }
  if (!checked.ok || problems.length > 0) throw new ProblemError(problems);
  context.onStudy?.(factsOf(location, definition, checked.study, ran.filesRead));
  return { location, study: checked.study, definition, writes: ran.writes };
}

interface Ran {
  readonly ran: RanStudy;
  /** Files that it may not write. */
  readonly refused: readonly string[];
  readonly declared: readonly string[];
}

/** Runs the file and tells nothing: others may run beside it. */
async function runStudy(
  { name, file }: StudyLocation,
  { command, params = {} }: LoadedFor,
  { workspace, outputPolicy, now }: RunContext,
): Promise<Ran> {
  const { decide, declared, made } = await outputPolicy(command, name);
  const refused: string[] = [];
  const canWrite: CanWrite = (path) => {
    const answer = decide(path);
    if (answer === "refuse") refused.push(path);
    // Refusals are reported here, where the declared names are known.
    return answer === "refuse" ? "ignore" : answer;
  };
  const ran = await runDefinition({ workspace, file, params, canWrite, made }, now());
  return { ran, refused, declared };
}

/** Tells what the study says of itself and of the files that it writes. */
function tellRun(
  { name }: StudyLocation,
  { ran, refused, declared }: Ran,
  { reporter }: RunContext,
): { readonly ran: RanStudy; readonly problems: Problem[] } {
  for (const text of ran.said.printed) reporter.report({ kind: "printed", study: name, text });
  const kept = refused.filter((path) => ran.ownFiles.has(path));
  const warnings = kept.map((path) => problem("study-write-kept", { path }));
  tellWarnings([...ran.said.warnings, ...warnings], reporter);
  const problems = refused
    .filter((path) => !ran.ownFiles.has(path))
    .map((path) => problem("undeclared-output", { path, declared }));
  return { ran, problems };
}

function tellWarnings(warnings: readonly Problem[], reporter: RunContext["reporter"]): void {
  for (const warning of warnings) reporter.report({ kind: "warning", problem: warning });
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
