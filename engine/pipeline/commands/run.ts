/** The command `run`. */
import { tonedProblem } from "../../base/problems.ts";
import { visibleJson } from "../../base/visible-text.ts";
import { jsonConsole, textConsole } from "../console/run-console.ts";
import { runExit, summaryLines } from "../console/run-summary.ts";
import type { PipelineContext } from "../context.ts";
import { runProject } from "../run/run-project.ts";
import { withEnvironment } from "../run/run-request.ts";
import type { RunRequest } from "../run/run-request.ts";
import type { PipelineAnswer } from "./answer.ts";

export async function run(asked: RunRequest, context: PipelineContext): Promise<PipelineAnswer> {
  const request = withEnvironment(asked, context.environment);
  const { json, quiet } = request;
  const listener = json ? jsonConsole(context.stdout) : textConsole(context, request);
  const ended = await runProject(context, request, listener);
  if (ended === null) return { lines: [], exitCode: 0 };
  const { record, problems } = ended;
  const exitCode = runExit(ended);
  if (json) return { lines: [visibleJson({ kind: "run", record, problems })], exitCode };
  return { lines: quiet ? problems.flatMap(tonedProblem) : summaryLines(ended), exitCode };
}
