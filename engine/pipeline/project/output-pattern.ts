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

/** `output/foo`, `output/foo.*` say no type. Old studies have such patterns. */
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
