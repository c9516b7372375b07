/** For tests of builders that stop with a problem. */
import assert from "node:assert/strict";
import { ProblemError } from "../../engine/base/problems.ts";
import type { Problem } from "../../engine/base/problems.ts";

/** What stops the act: the first of its problems. */
export function stopped(act: () => unknown): Problem {
  try {
    act();
  } catch (error) {
    if (error instanceof ProblemError && error.problems[0] !== undefined) return error.problems[0];
    throw error;
  }
  return assert.fail("nothing stopped");
}

export function refuses(act: () => unknown, code: string, says: RegExp): void {
  const problem = stopped(act);
  assert.equal(problem.code, code);
  assert.match(`${problem.message}\n${problem.hint}`, says);
}
