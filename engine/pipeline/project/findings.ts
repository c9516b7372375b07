/** Collects everything that is wrong with a project.yaml, each with its line and column. */
import type { FactsOf, Problem } from "../../base/problems.ts";
import { problem } from "../problems.ts";
import type { pipelineProblems } from "../problems.ts";
import type { YamlMark } from "../../base/yaml-node.ts";
import { PROJECT_FILE } from "./project.ts";

export interface Findings {
  readonly problems: Problem[];
  /** What an old study may have and a new one should not. */
  readonly warnings: Problem[];
}

export function noFindings(): Findings {
  return { problems: [], warnings: [] };
}

export function report<Code extends keyof typeof pipelineProblems>(
  into: Problem[],
  code: Code,
  facts: FactsOf<(typeof pipelineProblems)[Code]>,
  at: YamlMark,
): void {
  into.push(problem(code, facts, { file: PROJECT_FILE, ...at }));
}

/** In the order of the text, so that an author can go through the file once. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort(
    (a, b) =>
      (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
      (a.place?.column ?? 0) - (b.place?.column ?? 0),
  );
}
