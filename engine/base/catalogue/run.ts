/** Problems of commands, their options, and the files they leave. */
import type { ProblemKind } from "./kind.ts";

export const runProblems = {} as const satisfies Record<string, ProblemKind<never>>;
