/** The command `convert`: a study in Python as a study in TypeScript. */
import { fail as failOfPython } from "../python/problems.ts";
import { studyFileFromJson } from "../definition/json/study-json.ts";
import type { RequestOf } from "../options/command-table.ts";
import type { RunContext } from "./context.ts";
import { convertStudy } from "../python/convert/convert-study.ts";
import { runPythonFile } from "../python/run-python-file.ts";
import { pythonStudy } from "./studies/study-discovery.ts";

/**
 * Its text. A study that `check` would refuse is converted with its mistakes. Problems: those of finding and running
 * it; python-study-missing.
 */
export async function convert(request: RequestOf<"convert">, context: RunContext): Promise<string> {
  const { workspace, reporter } = context;
  const { file } = pythonStudy(workspace, request.study);
  const wanted = { workspace, file, params: request.param, canWrite: () => "ignore" as const };
  const ran = await runPythonFile({ ...wanted, now: context.now(), withSources: true });
  if (ran.module === null) return failOfPython("python-study-missing", {}, { file });
  for (const problem of ran.said.warnings) reporter.report({ kind: "warning", problem });
  return convertStudy(wanted, studyFileFromJson(ran.module), ran.sources);
}
