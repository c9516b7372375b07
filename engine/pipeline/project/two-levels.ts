/** Wildcards through which one file could be of two security levels. */
import { report } from "./findings.ts";
import type { Findings } from "./findings.ts";
import { patternMatcher } from "../../base/path-pattern.ts";
import { meetsPattern } from "./output-pattern.ts";
import { securityLevels } from "./project.ts";
import type { DeclaredOutput, Project, SecurityLevel } from "./project.ts";

export interface Declared extends DeclaredOutput {
  readonly action: string;
}

/**
 * A warning for each pattern that could match a file which another pattern declares more sensitive.
 * Whether a file really matches both is seen when it has been made: then it is withheld.
 */
export function warnOfTwoLevels(declared: readonly Declared[], { warnings }: Findings): void {
  const strict = declared.filter(({ level }) => level !== "minimally_sensitive");
  const byFolder = new Map<string, Declared[]>();
  for (const output of strict) {
    const folder = folderOf(output.pattern);
    const group = byFolder.get(folder);
    if (group === undefined) byFolder.set(folder, [output]);
    else group.push(output);
  }
  const anywhere = byFolder.get(ANY_FOLDER) ?? [];
  let left = MOST_COMPARED;
  for (const output of declared.filter(({ level }) => level !== "highly_sensitive")) {
    const folder = folderOf(output.pattern);
    const others = folder === ANY_FOLDER ? strict : [...(byFolder.get(folder) ?? []), ...anywhere];
    left -= others.length;
    if (left < 0) return;
    const other = firstMeeting(output, others);
    if (other === undefined) continue;
    const { action, pattern, level, at } = output;
    const facts = { action, pattern, level, other: other.action, otherPattern: other.pattern };
    report(warnings, "output-levels-meet", { ...facts, otherLevel: other.level }, at);
  }
}

/** Seconds at worst. Files are judged when they are made, whether or not this looked at all pairs. */
const MOST_COMPARED = 20_000_000;

const ANY_FOLDER = "*";

/** Patterns in different folders cannot meet, unless there are wildcards among the folders. */
function folderOf(pattern: string): string {
  const folder = pattern.slice(0, pattern.lastIndexOf("/") + 1);
  return folder.includes("*") ? ANY_FOLDER : folder;
}

/** The same text twice is reported elsewhere, as a problem. */
function firstMeeting(output: Declared, others: readonly Declared[]): Declared | undefined {
  const { pattern, level } = output;
  const isWild = pattern.includes("*");
  const meets = meetsPattern(pattern);
  return others.find(
    (other) =>
      isMoreSensitive(other.level, level) &&
      other.pattern !== pattern &&
      (isWild || other.pattern.includes("*")) &&
      meets(other.pattern),
  );
}

function isMoreSensitive(one: SecurityLevel, other: SecurityLevel): boolean {
  return securityLevels.indexOf(one) < securityLevels.indexOf(other);
}

/**
 * Says of a file and the level at which it was made which other pattern of the project declares it
 * more sensitive; undefined where none does.
 */
export function stricterOutput({
  actions,
}: Project): (path: string, level: SecurityLevel) => DeclaredOutput | undefined {
  const outputs = actions
    .flatMap((action) => action.outputs)
    .filter(({ level }) => level !== "minimally_sensitive")
    .map((output) => ({ output, matches: patternMatcher(output.pattern) }));
  return (path, level) =>
    outputs.find(({ output, matches }) => isMoreSensitive(output.level, level) && matches(path))
      ?.output;
}
