/** Problems of date expressions, conditions and codelists. */
import type { ProblemKind } from "./kind.ts";

export const conditionProblems = {} as const satisfies Record<string, ProblemKind<never>>;
