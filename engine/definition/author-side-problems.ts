/**
 * Reports of the code that runs beside an author's file. The sandbox reads that code at every start, so it has
 * the kinds that it needs and no others.
 */
import { problemsOf } from "../base/problems.ts";
import { authoringProblems } from "./authoring-problems.ts";
import { codelistProblems } from "./codelists/problems.ts";

export const { fail, problem } = problemsOf({ ...authoringProblems, ...codelistProblems });
