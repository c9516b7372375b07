/** Runs an author's file in the interpreter of its language. */
import { runStudyFile } from "../../sandbox/run-study-file.ts";
import type { RanStudy, StudyRequest } from "../../sandbox/run-study-file.ts";

/** `module` is null where a file in Python defines no study. `now` is the run's time. */
export async function runDefinition(request: StudyRequest, now: Date): Promise<RanStudy> {
  if (!request.file.endsWith(".py")) return runStudyFile(request);
  // Only here: studies in TypeScript must not pay for it.
  const { runPythonFile } = await import("../../python/run-python-file.ts");
  return runPythonFile({ ...request, now });
}
