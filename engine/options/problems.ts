/** Problems of how a command was typed. */
import { kind } from "../base/problem-kind.ts";
import { problemsOf } from "../base/problems.ts";

export const optionProblems = {
  usage: kind<{ readonly sentence: string; readonly wayOut: string }>(
    2,
    ({ sentence }) => sentence,
    ({ wayOut }) => wayOut,
  ),
} as const;

export const { fail, problem } = problemsOf(optionProblems);
