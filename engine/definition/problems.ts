/** Every problem of a study definition; each kind stands beside what finds it. */
import { problemsOf } from "../base/problems.ts";
import { authoringProblems } from "./authoring-problems.ts";
import { checkProblems } from "./check/problems.ts";
import { codelistProblems } from "./codelists/problems.ts";
import { conditionProblems } from "./conditions/problems.ts";
import { dateExpressionProblems } from "./dates/problems.ts";
import { expectationProblems } from "./expectations/problems.ts";

export const definitionProblems = {
  ...authoringProblems,
  ...checkProblems,
  ...codelistProblems,
  ...conditionProblems,
  ...dateExpressionProblems,
  ...expectationProblems,
} as const;

export const { fail, problem } = problemsOf(definitionProblems);
