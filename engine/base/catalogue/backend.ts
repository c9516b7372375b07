/** Problems of dummy data and of databases. */
import type { ProblemKind } from "./kind.ts";

export const backendProblems = {} as const satisfies Record<string, ProblemKind<never>>;
