/** Problems of measures and of the pool that makes them. */
import type { ProblemKind } from "./kind.ts";

export const measureProblems = {} as const satisfies Record<string, ProblemKind<never>>;
