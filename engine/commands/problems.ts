/** Every problem of a command: what is asked for, where it reads and writes, the cohort files it finds. */
import { problemsOf, sharedProblems } from "../base/problems.ts";
import { cohortFileProblems } from "./cohort-file-problems.ts";
import { optionProblems } from "../options/problems.ts";
import { joinerProblems } from "./joiner-problems.ts";
import { commandProblems } from "./command-problems.ts";
import { recordProblems } from "./record-problems.ts";

export const commandsProblems = {
  ...cohortFileProblems,
  ...commandProblems,
  ...joinerProblems,
  ...recordProblems,
} as const;

export const { fail, problem } = problemsOf({
  ...commandsProblems,
  ...optionProblems,
  ...sharedProblems,
});
