/** Whether each output pattern is allowed, and whether two could claim one file. */
import type { YamlMark } from "../../base/yaml-node.ts";
import { report } from "./findings.ts";
import type { Findings } from "./findings.ts";
import { extensionOf, moderateTypes } from "../../release/moderate-types.ts";
import { isOfAnyType, patternFault } from "./output-pattern.ts";
import type { Project } from "./project.ts";
import { LENIENT_UNTIL } from "./read-version.ts";
import { warnOfTwoLevels } from "./two-levels.ts";
import type { Declared } from "./two-levels.ts";

export function checkOutputs(project: Project, findings: Findings): void {
  const declared = project.actions.flatMap(({ name, outputs }) =>
    outputs.map((output) => ({ ...output, action: name })),
  );
  const sound = declared.filter((output) => isSound(output, project.version, findings));
  checkTypes(sound, project.version, findings);
  checkRepeated(sound, project.version, findings);
  warnOfTwoLevels(sound, findings);
}

function isSound(output: Declared, version: number, findings: Findings): boolean {
  const { action, pattern, at } = output;
  const reason = patternFault(pattern);
  if (reason !== null) {
    report(findings.problems, "output-pattern", { action, pattern, reason }, at);
    return false;
  }
  if (!cannotBeShown(output) && isOfAnyType(pattern)) {
    const into = version <= LENIENT_UNTIL ? findings.warnings : findings.problems;
    report(into, "output-pattern", { action, pattern, reason: "has no file extension" }, at);
  }
  return true;
}

function cannotBeShown({ pattern, level }: Declared): boolean {
  const type = extensionOf(pattern);
  return level === "moderately_sensitive" && !moderateTypes.some((known) => known === type);
}

/**
 * The allowed types are younger than the studies of the old versions. Those are only warned: whatever is
 * declared, a file of another type is withheld when it has been made.
 */
function checkTypes(
  declared: readonly Declared[],
  version: number,
  { problems, warnings }: Findings,
): void {
  const into = version <= LENIENT_UNTIL ? warnings : problems;
  const byAction = new Map<string, { readonly patterns: string[]; readonly at: YamlMark }>();
  for (const { action, pattern, at } of declared.filter(cannotBeShown)) {
    const known = byAction.get(action);
    if (known === undefined) byAction.set(action, { patterns: [pattern], at });
    else known.patterns.push(pattern);
  }
  for (const [action, { patterns, at }] of byAction) {
    report(into, "output-type", { action, patterns }, at);
  }
}

/** The same text twice. At two levels it can never be right; version 1 allows it at one. */
function checkRepeated(
  declared: readonly Declared[],
  version: number,
  { problems, warnings }: Findings,
): void {
  const first = new Map<string, Declared>();
  for (const output of declared) {
    const { action, pattern, level, at } = output;
    const other = first.get(pattern);
    first.set(pattern, other ?? output);
    if (other === undefined) continue;
    const facts = { action, pattern, other: other.action };
    if (level !== other.level) {
      const levels = { level, otherLevel: other.level };
      report(problems, "output-two-levels", { ...facts, ...levels }, at);
    } else if (version > 1) report(problems, "output-not-unique", facts, at);
    else if (action !== other.action) report(warnings, "output-not-unique", facts, at);
  }
}
