/** Patterns of output files: which are allowed, what they match, whether two can match one file. */
import { patternMatcher } from "../../base/path-pattern.ts";
import { extensionOf } from "../../release/moderate-types.ts";

const MOST_LETTERS = 1000;

/** Why a pattern cannot be, or null. */
export function patternFault(pattern: string): string | null {
  if (pattern.length > MOST_LETTERS) return `is longer than ${MOST_LETTERS} characters`;
  if (pattern.includes("**")) return "has **: a * never crosses a /";
  if (/[?[]/.test(pattern)) return "has ? or [, which are no wildcards here";
  const fault = studyPathFault(pattern);
  if (fault !== null) return fault;
  return /(^|\/)(\.?\/|\.?$)/.test(pattern) ? "is not in its shortest form" : null;
}

/**
 * Why a path of project.yaml leads where no project may write or read: out of the study's folder, or
 * into what the runner or git keep. Null where it does not.
 */
export function studyPathFault(path: string): string | null {
  if (path === "") return "is empty";
  if (path.includes("\\")) return "has a backslash: folders are parted by /";
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) return "is an absolute path";
  const parts = path.split("/");
  if (parts.includes("..")) return "escapes the study folder with ..";
  const [first = ""] = parts.filter((part) => part !== "" && part !== ".");
  if (asWindowsReads(first) === "metadata") {
    return "lies in metadata/, which the runner keeps for itself";
  }
  return parts.some((part) => GIT.test(asWindowsReads(part))) ? "lies in .git/" : null;
}

/** `git~1` is the short name that Windows gives to `.git`. */
const GIT = /^(\.git|git~\d+)$/;

/** Without regard to letter case, nor to points and blanks at the end: Windows drops them. */
function asWindowsReads(part: string): string {
  return part.toLowerCase().replace(/[. ]+$/, "");
}

/** `output/foo`, `output/foo.*` say no type. Old studies have such patterns. */
export function isOfAnyType(pattern: string): boolean {
  const extension = extensionOf(pattern);
  return extension === "" || extension === "." || extension.endsWith("*");
}

/** Says of another pattern whether some path matches both. */
export function meetsPattern(pattern: string): (other: string) => boolean {
  const parts = pattern.split("/");
  const meets = parts.map(meetsName);
  return (other) => {
    const others = other.split("/");
    return others.length === parts.length && others.every((part, i) => meets[i]?.(part) === true);
  };
}

/**
 * The same of names without slashes. Where both have a wildcard, they meet if what stands before the
 * first and behind the last agrees as far as both go: the longer beginning, all middles one after the
 * other and the longer end match both. Proved against all short names in test/pipeline/output-patterns.
 */
function meetsName(a: string): (b: string) => boolean {
  const matches = patternMatcher(a);
  if (!a.includes("*")) return (b) => (b.includes("*") ? patternMatcher(b)(a) : a === b);
  const [head, tail] = [headOf(a), tailOf(a)];
  return (b) => {
    const [headB, tailB] = [headOf(b), tailOf(b)];
    if (!headB.startsWith(head) && !head.startsWith(headB)) return false;
    if (!tailB.endsWith(tail) && !tail.endsWith(tailB)) return false;
    return b.includes("*") || matches(b);
  };
}

function headOf(name: string): string {
  const star = name.indexOf("*");
  return star === -1 ? name : name.slice(0, star);
}

function tailOf(name: string): string {
  return name.slice(name.lastIndexOf("*") + 1);
}
