/** Problems of reading and writing cohort files. */
import type { ProblemKind } from "./kind.ts";

export const tableProblems = {} as const satisfies Record<string, ProblemKind<never>>;
