/** Turns a problem that stopped a computation into a value. */
import type { Problem } from "../../base/problems.ts";
import { ProblemError } from "../../base/problems.ts";

/** What `compute` gives, or the first problem it stopped with. A bug goes on as an exception. */
export function attempt<Value>(
  compute: () => Value,
):
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: Problem } {
  try {
    return { ok: true, value: compute() };
  } catch (error) {
    const stopped = error instanceof ProblemError ? error.problems[0] : undefined;
    if (stopped === undefined) throw error;
    return { ok: false, problem: stopped };
  }
}
