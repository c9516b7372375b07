/** What hangs on the language of an author's file: its interpreter, and the names in problems. */
import { availableParallelism } from "node:os";
import type { Problem } from "../../base/problems.ts";
import { runStudyFile } from "../../sandbox/run-study-file.ts";
import type { RanStudy, StudyRequest } from "../../sandbox/run-study-file.ts";

/** `module` is null where a file in Python defines no study. `now` is the run's time. */
export async function runDefinition(request: StudyRequest, now: Date): Promise<RanStudy> {
  if (!request.file.endsWith(".py")) return runStudyFile(request);
  // Only here: studies in TypeScript must not pay for it.
  const { runPythonFile } = await import("../../python/run-python-file.ts");
  return runPythonFile({ ...request, now });
}

const MOST_AT_ONCE = 4;

/** One study in TypeScript runs in no time; each in Python keeps a processor busy, and has memory of its own. */
export function studiesAtOnce(locations: readonly { readonly file: string }[]): number {
  const isPython = locations.some(({ file }) => file.endsWith(".py"));
  return isPython ? Math.min(availableParallelism(), MOST_AT_ONCE) : 1;
}

/** The problems in the names that the language of the file has. */
export async function inWordsOf(
  file: string,
  problems: readonly Problem[],
): Promise<readonly Problem[]> {
  if (!file.endsWith(".py") || problems.length === 0) return problems;
  const { inPythonWords } = await import("../../python/python-words.ts");
  return problems.map(inPythonWords);
}
