/** Whether each output pattern is allowed, and whether two could claim one file. */
import type { Problem } from "../../base/problems.ts";
import { report } from "./findings.ts";
import type { Findings } from "./findings.ts";
import {
  extensionOf,
  isOfAnyType,
  meetsPattern,
  moderateTypes,
  patternFault,
} from "./output-pattern.ts";
import type { DeclaredOutput, Project } from "./project.ts";
import { LENIENT_UNTIL } from "./read-version.ts";

interface Declared extends DeclaredOutput {
  readonly action: string;
}

export function checkOutputs(project: Project, findings: Findings): void {
  const declared = project.actions.flatMap(({ name, outputs }) =>
    outputs.map((output) => ({ ...output, action: name })),
  );
  const sound = declared.filter((output) => isSound(output, project.version, findings));
  checkPairs(sound, project.version, findings);
}

function isSound(output: Declared, version: number, findings: Findings): boolean {
  const { action, pattern, level, at } = output;
  const reason = patternFault(pattern);
  if (reason !== null) {
    report(findings.problems, "output-pattern", { action, pattern, reason }, at);
    return false;
  }
  const type = extensionOf(pattern);
  if (level === "moderately_sensitive" && !moderateTypes.some((known) => known === type)) {
    report(findings.problems, "output-type", { action, pattern }, at);
  } else if (isOfAnyType(pattern)) {
    const into = version <= LENIENT_UNTIL ? findings.warnings : findings.problems;
    report(into, "output-pattern", { action, pattern, reason: "says no type of file" }, at);
  }
  return true;
}

/** Pairs of the same pattern, or of patterns that some file name matches both. */
function checkPairs(declared: readonly Declared[], version: number, findings: Findings): void {
  for (const group of byShape(declared)) {
    for (const [other, output] of meetingPairs(group)) {
      comparePair(output, other, { version, findings });
    }
  }
}

/** The earlier one first. Names without a wildcard meet only their equals, so few pairs are compared. */
function meetingPairs(group: readonly Declared[]): readonly (readonly [Declared, Declared])[] {
  const pairs: (readonly [Declared, Declared])[] = [];
  const exact = new Map<string, Declared[]>();
  const wild: { readonly output: Declared; readonly meets: (pattern: string) => boolean }[] = [];
  for (const output of group) {
    const { pattern } = output;
    const isWild = pattern.includes("*");
    const equals = exact.get(pattern) ?? [];
    for (const other of equals) pairs.push([other, output]);
    for (const { output: other, meets } of wild) if (meets(pattern)) pairs.push([other, output]);
    if (isWild) {
      const meets = meetsPattern(pattern);
      for (const [name, others] of exact) {
        if (meets(name)) pairs.push(...others.map((other) => [other, output] as const));
      }
      wild.push({ output, meets });
    } else exact.set(pattern, [...equals, output]);
  }
  return pairs;
}

/** Patterns in different folders cannot meet, unless there are wildcards among the folders. */
function byShape(declared: readonly Declared[]): readonly (readonly Declared[])[] {
  const groups = new Map<string, Declared[]>();
  for (const output of declared) {
    const parts = output.pattern.split("/");
    const folders = parts.slice(0, -1).join("/");
    const key = folders.includes("*") ? "*" : folders;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(output);
  }
  return groups.has("*") ? [declared] : [...groups.values()];
}

interface Comparing {
  readonly version: number;
  readonly findings: Findings;
}

function comparePair(output: Declared, other: Declared, { version, findings }: Comparing): void {
  const { action, pattern, level, at } = output;
  const facts = { action, pattern, other: other.action, otherPattern: other.pattern };
  if (level !== other.level) {
    const levels = { level, otherLevel: other.level };
    report(findings.problems, "output-two-levels", { ...facts, ...levels }, at);
    return;
  }
  if (action === other.action && pattern !== other.pattern) return;
  if (pattern === other.pattern) {
    report(repeatedInto(version, findings), "output-not-unique", facts, at);
  } else report(findings.warnings, "output-overlap", facts, at);
}

/** Version 1 let two actions declare the same pattern. */
function repeatedInto(version: number, { problems, warnings }: Findings): Problem[] {
  return version === 1 ? warnings : problems;
}
