/** Problems of running an author's file. */
import type { ProblemKind } from "./kind.ts";

export const sandboxProblems = {} as const satisfies Record<string, ProblemKind<never>>;
