import { ProblemError } from "../base/problems.ts";
import { checkStudyExpectations } from "../definition/expectations/expectation-study.ts";
import type { LoadedStudy } from "./load-study.ts";
import type { RunContext } from "./reporter.ts";

/** Tells the warnings and stops with all problems of the expectations of all studies. */
export function checkAllExpectations(
  loaded: readonly LoadedStudy[],
  { reporter }: RunContext,
): void {
  const checks = loaded.map(({ study }) => checkStudyExpectations(study));
  for (const { warnings } of checks) {
    for (const warning of warnings) reporter.tell({ kind: "warning", problem: warning });
  }
  const problems = checks.flatMap((check) => check.problems);
  if (problems.length > 0) throw new ProblemError(problems);
}
