/** Every problem of a pipeline: of project.yaml, and of running it. */
import { problemsOf } from "../base/problems.ts";
import { engineActionProblems } from "./project/engine-action-problems.ts";
import { projectProblems } from "./project/problems.ts";
import { runProblems } from "./run-problems.ts";

export const pipelineProblems = {
  ...projectProblems,
  ...engineActionProblems,
  ...runProblems,
} as const;

export const { fail, problem } = problemsOf(pipelineProblems);
