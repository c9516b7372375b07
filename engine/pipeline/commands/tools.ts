/** The command `tools`: programs that some actions need, which are installed only when a person asks. */
import { resolve } from "node:path";
import { changeTool, toolStatus } from "../../guest-python/install/tools.ts";
import type { ToolStatus } from "../../guest-python/install/tools.ts";
import type { RequestOf } from "../../options/command-table.ts";
import type { PipelineContext } from "../context.ts";
import type { PipelineAnswer } from "./answer.ts";

/** Problems: tool-no-folder, tool-not-the-one, tool-not-downloaded, tool-changed, those of files. */
export async function tools(
  { what, from, json }: RequestOf<"tools">,
  { folder, environment, signal, node }: PipelineContext,
): Promise<PipelineAnswer> {
  const { verb } = what;
  const file = from === undefined ? null : resolve(folder, from);
  if (verb !== "list") await changeTool(verb, { environment, signal, file });
  const status = toolStatus(environment, node.version);
  return { lines: json ? [JSON.stringify(status)] : statusLines(status), exitCode: 0 };
}

function statusLines(status: ToolStatus): readonly string[] {
  const { tool, build, python, folder, isInstalled, megabytes, leastNode, canRun } = status;
  const place = isInstalled
    ? `installed in ${folder ?? ""}`
    : `not installed; cohortline tools install ${tool} brings it (${megabytes} MB)`;
  return [
    `${tool}  ${build} (Python ${python}): ${place}`,
    ...(canRun ? [] : [`  It needs Node ${leastNode} or later, which this is not.`]),
  ];
}
