/** Problems of the expectations that dummy data are made from. */
import type { ProblemKind } from "./kind.ts";

export const expectationProblems = {} as const satisfies Record<string, ProblemKind<never>>;
