/** Problems of whoever answers a study: databases of any kind, supplied files. */
import { problemsOf, sharedProblems } from "../base/problems.ts";
import { databaseProblems } from "./database-problems.ts";
import { dummyFileProblems } from "./supplied-file/problems.ts";

export const { fail, problem } = problemsOf({
  ...databaseProblems,
  ...dummyFileProblems,
  ...sharedProblems,
});
