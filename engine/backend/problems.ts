/** Every problem of whoever answers a study: databases, files of records, supplied files. */
import { problemsOf, sharedProblems } from "../base/problems.ts";
import { databaseProblems } from "./database-problems.ts";
import { dummyFileProblems } from "./supplied-file/problems.ts";
import { recordProblems } from "./duckdb/record-files/problems.ts";

export const backendProblems = {
  ...databaseProblems,
  ...dummyFileProblems,
  ...recordProblems,
} as const;

export const { fail, problem } = problemsOf({ ...backendProblems, ...sharedProblems });
