import { ProblemError } from "../../base/problems.ts";
import { checkStudyExpectations } from "../../definition/expectations/expectation-study.ts";
import type { LoadedStudy } from "./load-study.ts";
import type { RunContext } from "../context.ts";

/**
 * Reports the warnings and stops with all problems of the expectations of all studies. What is missing is
 * none where no dummy data are made; what is there must be right.
 */
export function checkAllExpectations(
  loaded: readonly LoadedStudy[],
  { reporter }: RunContext,
  mayBeMissing = false,
): void {
  const checks = loaded.map(({ study }) => checkStudyExpectations(study));
  for (const { warnings } of checks) {
    for (const warning of warnings) reporter.report({ kind: "warning", problem: warning });
  }
  const problems = checks
    .flatMap((check) => check.problems)
    .filter(({ code }) => !(mayBeMissing && code === "missing-expectation"));
  if (problems.length > 0) throw new ProblemError(problems);
}
