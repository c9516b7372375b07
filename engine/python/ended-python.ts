/** Why a study in Python did not end well, as problems at the author's line. */
import { ProblemError } from "../base/problems.ts";
import { problem as problemOfSandbox } from "../sandbox/problems.ts";
import { problem } from "./problems.ts";
import { problem as problemOfDefinition } from "../definition/problems.ts";
import type { Place, Problem } from "../base/problems.ts";
import { functionNames } from "../definition/function-table.ts";
import { nearestNames } from "../base/nearest.ts";
import type { SandboxLimits } from "../sandbox/sandbox-limits.ts";
import { readBytes } from "../sandbox/study-files.ts";
import type { StudyFiles } from "../sandbox/study-files.ts";
import { stripControlCharacters } from "../sandbox/strip-control-characters.ts";
import { insideStudy } from "./engine-answers.ts";
import { nearestModules } from "./nearest-modules.ts";
import type { Ended } from "./python-thread.ts";
import type { PythonRun } from "./run-interpreter.ts";

export interface PythonContext {
  readonly limits: SandboxLimits;
  /** The study's file, such as `analysis/study_definition.py`. */
  readonly file: string;
  readonly files: StudyFiles;
}

/** With the result that was read, where there is one. */
type Run = PythonRun & { readonly said?: Readonly<Record<string, unknown>> | null };

export function endedPython(
  run: Run | Exclude<Ended, PythonRun>,
  context: PythonContext,
): readonly Problem[] {
  const { limits, file } = context;
  const { seconds, megabytes } = limits;
  if (run === "took-too-long")
    return [problemOfSandbox("study-took-too-long", { seconds, line: "" }, { file })];
  if (run === "used-too-much-memory")
    return [problemOfSandbox("study-used-too-much-memory", { megabytes, line: "" }, { file })];
  const { said } = run;
  if (said?.["kind"] === "raised") return raisedProblems(raisedOf(said), run, context);
  if (/call stack/.test(run.stopped))
    return [problemOfSandbox("study-calls-too-deep", { line: "" }, { file })];
  const how = run.stopped === "" ? "without a result" : run.stopped;
  return [problem("python-ended", { how: stripControlCharacters(how, 200) }, { file })];
}

/** An exception as the runner tells of it. */
interface Raised {
  readonly error: string;
  readonly name: string;
  readonly function: string;
  readonly found: string;
  readonly message: string;
  readonly number: number;
  readonly calls: readonly Call[];
}

/** A line of the author's that was being run; the innermost is the first. */
interface Call {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

function raisedOf(said: Readonly<Record<string, unknown>>): Raised {
  const text = (name: string): string => {
    const value = said[name];
    return typeof value === "string" ? stripControlCharacters(value) : "";
  };
  const { calls, number } = said;
  return {
    ...{ error: text("error"), name: text("name"), message: text("message"), found: text("found") },
    function: text("function"),
    number: typeof number === "number" ? number : -1,
    calls: Array.isArray(calls) ? calls.slice(0, 10).flatMap(callOf) : [],
  };
}

function callOf(value: unknown): Call[] {
  const { file, line, text } = (value ?? {}) as Partial<Record<string, unknown>>;
  if (typeof file !== "string" || typeof line !== "number" || typeof text !== "string") return [];
  return [
    { file: stripControlCharacters(file, 200), line, text: stripControlCharacters(text, 160) },
  ];
}

function raisedProblems(raised: Raised, run: Run, context: PythonContext): readonly Problem[] {
  const [at] = raised.calls;
  const place: Place = at === undefined ? { file: context.file } : { file: at.file, line: at.line };
  const told = run.problems[raised.number];
  if (raised.error === "reported" && told !== undefined) return [{ place, ...told }];
  if (raised.error === "file") return fileProblems(raised, place, context);
  return [exceptionProblem(raised, place, context)];
}

function exceptionProblem(raised: Raised, place: Place, { limits, files }: PythonContext): Problem {
  const { name, message } = raised;
  const [{ text: line } = { text: "" }, ...calls] = raised.calls;
  const { seconds, megabytes } = limits;
  switch (raised.error) {
    case "took-too-long":
      return problemOfSandbox("study-took-too-long", { seconds, line }, place);
    case "memory":
      return problemOfSandbox("study-used-too-much-memory", { megabytes, line }, place);
    case "recursion":
      return problemOfSandbox("study-calls-too-deep", { line }, place);
    case "missing-parameter":
      return problemOfDefinition("missing-param", { name }, place);
    case "syntax":
      return problemOfSandbox("study-syntax-error", { complaint: message, line }, place);
    case "unknown-function": {
      const nearest = nearestNames(name, functionNames);
      return problemOfDefinition(
        "unknown-function",
        { where: "patients", function: name, nearest },
        place,
      );
    }
    case "not-plain": {
      const { found, function: called } = raised;
      return problem("python-value", { function: called, argument: name, found }, place);
    }
    case "not-here":
      return problem("python-not-here", { name }, place);
    case "module": {
      const nearest = nearestModules(files.workspace, name);
      return problem("python-module-missing", { module: name, nearest }, place);
    }
    default:
      return problem("python-raised", { error: message, line, calls }, place);
  }
}

/** What keeps the file from being read is found again by its path; otherwise it is as Python says. */
function fileProblems(raised: Raised, place: Place, context: PythonContext): readonly Problem[] {
  try {
    readBytes(context.files, insideStudy(raised.name));
  } catch (error) {
    if (error instanceof ProblemError) return error.problems.map((each) => ({ place, ...each }));
    throw error;
  }
  return [exceptionProblem(raised, place, context)];
}
