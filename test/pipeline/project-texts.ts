/** Texts of project.yaml, and what is told of them. */
import type { Problem } from "../../engine/base/problems.ts";
import { readProject } from "../../engine/pipeline/project/read-project.ts";

export function read(text: string) {
  return readProject(text);
}

/** `code line:column` of each problem. */
export function told(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ code, place }) => `${code} ${place?.line ?? "?"}:${place?.column ?? "?"}`);
}

export const HIGH = "outputs: { highly_sensitive: { f: output/a.csv } }";
/** Version 5 with one action `a`. */
export const one = (run: string, more = ""): string =>
  `version: 5\nactions:\n  a:\n    run: ${run}\n    ${HIGH}\n${more}`;
/** The same with one output, of any version. */
export const output = (level: string, pattern: string, version = 5): string =>
  [
    `version: ${version}`,
    ...(version > 3 ? [] : ["expectations: { population_size: 9 }"]),
    "actions:\n  a:\n    run: python:v2 x\n    outputs:",
    `      ${level}:\n        f: ${pattern}\n`,
  ].join("\n");
/** The same with this list of needs. */
export const needs = (list: string): string =>
  `version: 5\nactions:\n  a:\n    run: python:v2 x\n    needs: ${list}\n    ${HIGH}\n`;
