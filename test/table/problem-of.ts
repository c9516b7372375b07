/** The problems that a piece of work stops with. */
import assert from "node:assert/strict";

import { ProblemError } from "../../engine/base/problems.ts";
import type { Problem } from "../../engine/base/problems.ts";

export async function problemsOf(work: () => unknown): Promise<readonly Problem[]> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
  return assert.fail("no problem was reported");
}

/** For work that must stop with exactly one problem: its code and message. */
export async function problemOf(work: () => unknown): Promise<string> {
  const problems = await problemsOf(work);
  assert.equal(problems.length, 1);
  return problems.map(({ code, message }) => `${code}: ${message}`).join();
}
