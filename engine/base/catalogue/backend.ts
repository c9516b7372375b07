/** Problems of dummy data and of databases. */
import { dummyFileProblems } from "./dummy-file.ts";

export const backendProblems = { ...dummyFileProblems } as const;
