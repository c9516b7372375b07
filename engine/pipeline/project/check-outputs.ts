/** Whether each output pattern is allowed, and whether two could claim one file. */
import type { Problem } from "../../base/problems.ts";
import { report } from "./findings.ts";
import type { Findings } from "./findings.ts";
import {
  canMatchTheSame,
  extensionOf,
  isOfAnyType,
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
    group.forEach((output, i) => {
      for (const other of group.slice(0, i)) comparePair(output, other, { version, findings });
    });
  }
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
  if (!canMatchTheSame(pattern, other.pattern)) return;
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
