/** Problems of a study definition as a whole. */
import type { ProblemKind } from "./kind.ts";

export const definitionProblems = {} as const satisfies Record<string, ProblemKind<never>>;
