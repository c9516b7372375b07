/** Patterns of output files: which are allowed, what they match, whether two can match one file. */

/** Types that can be moderately sensitive. spec/pipeline.md 1.4; case counts. */
export const moderateTypes = [
  ".csv",
  ".jpg",
  ".jpeg",
  ".png",
  ".svg",
  ".svgz",
  ".html",
  ".txt",
  ".log",
  ".json",
  ".md",
] as const;

const MOST_LETTERS = 500;

/** The extension with its point, "" without one: `.csv` of `output/x.csv`, "" of `output/.csv`. */
export function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const point = name.lastIndexOf(".");
  return point <= 0 ? "" : name.slice(point);
}

/** Why a pattern cannot be, or null. */
export function patternFault(pattern: string): string | null {
  if (pattern === "") return "is empty";
  if (pattern.length > MOST_LETTERS) return `is longer than ${MOST_LETTERS} characters`;
  if (pattern.includes("\\")) return "has a backslash: folders are parted by /";
  if (pattern.startsWith("/") || /^[A-Za-z]:/.test(pattern)) return "is an absolute path";
  if (pattern.includes("**")) return "has **: a * never crosses a /";
  if (/[?[\]{}]/.test(pattern)) return "has ?, [ ] or { }, which are no wildcards here";
  if (Array.from(pattern).some((letter) => letter < " " || letter === "\u007f")) {
    return "has a character that cannot be seen";
  }
  return pathFault(pattern.split("/"));
}

function pathFault(parts: readonly string[]): string | null {
  if (parts.includes("..")) return "leads out of the study's folder with ..";
  if (parts.includes("") || parts.includes(".")) return "is not in its shortest form";
  if (parts[0] === "metadata") return "lies in metadata/, which the runner keeps for itself";
  if (parts[0] === ".git") return "lies in .git/";
  return null;
}

/** `output/foo`, `output/foo.*`: any type of file. Old studies have such patterns. */
export function isOfAnyType(pattern: string): boolean {
  const extension = extensionOf(pattern);
  return extension === "" || extension === "." || extension.endsWith("*");
}

/** Says of a path whether the pattern matches it. */
export function patternMatcher(pattern: string): (path: string) => boolean {
  if (!pattern.includes("*")) return (path) => path === pattern;
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const whole = new RegExp(`^${parts.join("[^/]*")}$`, "s");
  return (path) => whole.test(path);
}

/** Whether some path matches both. */
export function canMatchTheSame(a: string, b: string): boolean {
  if (!a.includes("*") && !b.includes("*")) return a === b;
  const [as, bs] = [a.split("/"), b.split("/")];
  return as.length === bs.length && as.every((part, i) => partsMeet(part, bs[i] ?? ""));
}

/** Of two names without slashes: does some text match both? */
function partsMeet(a: string, b: string): boolean {
  if (!headsMeet(a, b) || !headsMeet(reversed(a), reversed(b))) return false;
  if (!a.includes("*") || !b.includes("*")) return patternMatcher(a)(b) || patternMatcher(b)(a);
  // Both have a wildcard, and what stands before the first and behind the last agrees: the text
  // "start of a or b, all middles one after the other, end" matches both.
  return true;
}

/** What stands before the first `*` of each must agree as far as both go. */
function headsMeet(a: string, b: string): boolean {
  const [headA = "", headB = ""] = [a.split("*")[0], b.split("*")[0]];
  return headA.startsWith(headB) || headB.startsWith(headA);
}

function reversed(text: string): string {
  return Array.from(text).reverse().join("");
}
