/** The command `plan`. */
import { tonedWarning } from "../../base/problems.ts";
import { visibleJson } from "../../base/visible-text.ts";
import type { RequestOf } from "../../options/command-table.ts";
import { planJson, planLines } from "../console/plan-lines.ts";
import type { PipelineContext } from "../context.ts";
import { RUN_ALL } from "../project/project.ts";
import { databaseUrlOf } from "../run/run-request.ts";
import { planActions } from "../state/plan.ts";
import { OpenedFolder } from "../state/study-folder.ts";
import type { PipelineAnswer } from "./answer.ts";

export async function plan(
  request: RequestOf<"plan">,
  context: PipelineContext,
): Promise<PipelineAnswer> {
  const { actions, strict, json, forceRunDependencies: force } = request;
  const databaseUrl = databaseUrlOf(request, context.environment);
  const { now, warnings } = OpenedFolder(context, { strict, databaseUrl });
  for (const line of warnings.flatMap(tonedWarning)) context.stderr(line);
  const wanted = actions.length === 0 ? [RUN_ALL] : actions;
  const planned = await planActions({ wanted, force }, now);
  return { lines: json ? [visibleJson(planJson(planned))] : planLines(planned), exitCode: 0 };
}
