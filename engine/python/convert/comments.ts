/** The comments of a module, each handed out once: above the part before which, or beside which, it stands. */
import type { PythonComment } from "./python-tree.ts";

export interface Comments {
  /** Those not handed out yet that stand on a line up to this one. */
  readonly upTo: (line: number) => readonly string[];
  /** The line of the next one. */
  readonly nextLine: () => number;
  /** Takes back what was handed out since: for a part that could not be translated. */
  readonly mark: () => () => void;
}

export function commentsOf(comments: readonly PythonComment[]): Comments {
  let at = 0;
  return {
    upTo: (line) => {
      const from = at;
      while ((comments[at]?.line ?? Infinity) <= line) at += 1;
      return comments.slice(from, at).map(({ text }) => visible(text));
    },
    nextLine: () => comments[at]?.line ?? Infinity,
    mark: () => {
      const marked = at;
      return () => {
        at = marked;
      };
    },
  };
}

/** On one line, and nothing that ends it in some reader. */
function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, " ").trimEnd();
}
