/** Runs a study in Python where it can do no harm and hands it back as data. */
import { posix } from "node:path";
import { calendarDayOf, toDayNumber } from "../base/dates.ts";
import { ProblemError } from "../base/problems.ts";
import { byCodePoint } from "../base/value-types.ts";
import { keepPrinted } from "../sandbox/said-by-study.ts";
import { defaultLimits } from "../sandbox/sandbox-limits.ts";
import type { RanStudy, StudyRequest } from "../sandbox/run-study-file.ts";
import { studyFiles, textAgain } from "../sandbox/study-files.ts";
import type { FileRead, FileWrite } from "../sandbox/study-files.ts";
import type { SaidByStudy } from "../sandbox/said-by-study.ts";
import { enclose } from "../files/enclosure.ts";
import { endedPython } from "./ended-python.ts";
import { loadInterpreter } from "./load-interpreter.ts";
import { packageFiles } from "./package-files.ts";
import { runInThread } from "./python-thread.ts";
import type { PythonRun } from "./run-interpreter.ts";
import { readStartImage } from "./start-image-file.ts";
import { saidByPython, sourcesSaidBy } from "./said-by-python.ts";

export interface PythonStudyRequest extends StudyRequest {
  /** Python's clock shows the beginning of this day. */
  readonly now: Date;
  /** Whether the result has the modules of the study as data. */
  readonly withSources?: boolean;
}

export interface RanPythonStudy extends RanStudy {
  /** Syntax trees, comments and values of its modules; untrusted. */
  readonly sources: unknown;
}

const SECONDS = 60;
const NANOSECONDS_A_DAY = 86_400_000_000_000n;

/**
 * What a study in Python says, in the form of every other study; `module` is null for a file that defines no
 * `study`. Problems: those of the sandbox, and of catalogue/python.ts, each at the author's line.
 */
export async function runPythonFile(request: PythonStudyRequest): Promise<RanPythonStudy> {
  const limits = { ...defaultLimits, seconds: SECONDS, ...request.limits };
  const workspace = enclose(request.workspace);
  const packages = packageFiles();
  const run = await runInThread({
    interpreter: await loadInterpreter(limits.megabytes),
    image: await readStartImage(packages),
    packages,
    workspace: workspace.root,
    module: posix.parse(request.file).name,
    params: request.params,
    withSources: request.withSources ?? false,
    made: request.made ?? [],
    day: BigInt(toDayNumber(calendarDayOf(request.now))) * NANOSECONDS_A_DAY,
    limits,
  });
  const files = studyFiles(workspace, request, limits);
  const context = { limits, file: request.file, files };
  if (typeof run === "string") throw new ProblemError(endedPython(run, context));
  for (const [path, text] of run.ownTexts) files.ownTexts.set(path, text);
  const module = saidByPython(run, context);
  return {
    module,
    writes: writesOf(run, request),
    filesRead: filesReadBy(run),
    ownFiles: new Set(run.ownTexts.keys()),
    textOf: (path) => textAgain(files, path),
    said: saidWhile(run),
    sources: sourcesSaidBy(run),
  };
}

/** Text that the study wrote, where the running action declares the file. */
function writesOf({ ownTexts }: PythonRun, { canWrite }: StudyRequest): readonly FileWrite[] {
  return [...ownTexts]
    .filter(([path]) => canWrite(path) === "write")
    .map(([path, text]) => ({ path, text }));
}

function filesReadBy({ sha256ByPath }: PythonRun): readonly FileRead[] {
  return [...sha256ByPath]
    .map(([path, sha256]) => ({ path, sha256 }))
    .sort((a, b) => byCodePoint(a.path, b.path));
}

function saidWhile({ printed, warnings }: PythonRun): SaidByStudy {
  const said: SaidByStudy = { printed: [], warnings: [...warnings] };
  const lines = printed.split("\n");
  if (lines.at(-1) === "") lines.pop();
  for (const line of lines) keepPrinted(said, line);
  return said;
}
