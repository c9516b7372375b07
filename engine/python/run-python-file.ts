/** Runs a study in Python where it can do no harm and hands it back as data. */
import { posix } from "node:path";
import { fail, ProblemError } from "../base/problems.ts";
import { tameText } from "../sandbox/tame-text.ts";
import { keepPrinted } from "../sandbox/said-by-study.ts";
import { defaultLimits } from "../sandbox/sandbox-limits.ts";
import type { RanStudy, StudyRequest } from "../sandbox/run-study-file.ts";
import { filesRead, studyFiles, textAgain } from "../sandbox/study-files.ts";
import { openWorkspace } from "../sandbox/workspace-path.ts";
import { endedPython } from "./ended-python.ts";
import { loadInterpreter } from "./load-interpreter.ts";
import { packageFiles } from "./package-files.ts";
import { runInThread } from "./python-thread.ts";
import type { PythonRun } from "./run-interpreter.ts";
import { saidByPython } from "./said-by-python.ts";

export interface PythonStudyRequest extends StudyRequest {
  /** The day of the run, which Python's clock shows: milliseconds since 1970 at which it began. */
  readonly day: number;
}

const SECONDS = 60;

/**
 * What a study in Python says, in the form of every other study; `module` is null for a file that defines no
 * `study`. Problems: those of the sandbox, and of catalogue/python.ts, each at the author's line.
 */
export async function runPythonFile(request: PythonStudyRequest): Promise<RanStudy> {
  const limits = { ...defaultLimits, seconds: SECONDS, ...request.limits };
  const workspace = openWorkspace(request.workspace);
  const run = await runInThread({
    interpreter: await loadInterpreter(limits.megabytes),
    packages: packageFiles(),
    workspace: workspace.root,
    module: posix.parse(request.file).name,
    params: request.params,
    day: BigInt(request.day) * 1_000_000n,
    limits,
  });
  const files = studyFiles(workspace, request.canWrite, limits);
  const context = { limits, file: request.file, files };
  if (typeof run === "string") throw new ProblemError(endedPython(run, context));
  for (const [path, text] of run.ownTexts) files.ownTexts.set(path, text);
  const { said, module } = saidByPython(run, context);
  return {
    module,
    writes: writesOf(run, request),
    filesRead: filesReadBy(run),
    ownFiles: new Set(run.ownTexts.keys()),
    textOf: (path) => textAgain(files, path),
    said,
  };
}
