/** What a `.gitignore` leaves out. */
import { matchesSegment, matchesSequence, segmentOf } from "../../base/wildcard.ts";
import type { Segment } from "../../base/wildcard.ts";

export interface IgnoreRule {
  /** It takes back what an earlier rule left out. */
  readonly isExcept: boolean;
  readonly foldersOnly: boolean;
  /** From the folder of the file of rules; "**" stands for any folders. */
  readonly segments: readonly (Segment | typeof FOLDERS)[];
}

const FOLDERS = "**";

export function ignoreRules(text: string): readonly IgnoreRule[] {
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .flatMap(ruleOf);
}

function ruleOf(line: string): readonly IgnoreRule[] {
  if (line.startsWith("#")) return [];
  const isExcept = line.startsWith("!");
  const pattern = withoutBlanks(isExcept ? line.slice(1) : line);
  const foldersOnly = pattern.endsWith("/");
  const parts = pattern.replace(/\/$/, "").split("/");
  if (parts.join("") === "") return [];
  // A slash at its start or inside ties it to the folder; otherwise it is a name anywhere below.
  const tied =
    parts.length > 1 ? parts.filter((part, i) => i > 0 || part !== "") : [FOLDERS, ...parts];
  // "x/**" is all that lies in x, and not x.
  const whole = tied.at(-1) === FOLDERS ? [...tied, "*"] : tied;
  const segments = whole.map((part) => (part === FOLDERS ? FOLDERS : segmentOf(part)));
  return [{ isExcept, foldersOnly, segments }];
}

/** Blanks at the end count only behind a backslash. */
function withoutBlanks(pattern: string): string {
  const trimmed = pattern.replace(/[ \t]+$/, "");
  return /(^|[^\\])(\\\\)*\\$/.test(trimmed) && trimmed !== pattern ? `${trimmed} ` : trimmed;
}

/** True left out, false taken back, null where no rule says anything. `path` is from the rules' folder. */
export function verdictOf(
  rules: readonly IgnoreRule[],
  path: readonly string[],
  isFolder: boolean,
): boolean | null {
  for (let i = rules.length - 1; i >= 0; i--) {
    const rule = rules[i];
    if (rule === undefined || (rule.foldersOnly && !isFolder)) continue;
    if (matchesRule(rule, path)) return !rule.isExcept;
  }
  return null;
}

function matchesRule({ segments }: IgnoreRule, path: readonly string[]): boolean {
  const [first, name] = segments;
  if (segments.length === 2 && first === FOLDERS && name !== FOLDERS && name !== undefined) {
    return matchesSegment(name, path.at(-1) ?? "");
  }
  return matchesSequence(
    segments,
    path,
    (part) => part === FOLDERS,
    (part, item) => part !== FOLDERS && matchesSegment(part, item),
  );
}
