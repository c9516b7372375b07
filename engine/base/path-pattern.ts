/** What the patterns of output files match: a `*` stands for any part of one name. */

/**
 * Says of a path whether the pattern matches it. Each star takes as little as it can: names with many
 * stars are answered in one pass.
 */
export function patternMatcher(pattern: string): (path: string) => boolean {
  if (!pattern.includes("*")) return (path) => path === pattern;
  const names = pattern.split("/").map(nameMatcher);
  return (path) => {
    const parts = path.split("/");
    return parts.length === names.length && parts.every((part, i) => names[i]?.(part) === true);
  };
}

function nameMatcher(pattern: string): (name: string) => boolean {
  const [head = "", ...rest] = pattern.split("*");
  const tail = rest.pop();
  if (tail === undefined) return (name) => name === pattern;
  return (name) => {
    const end = name.length - tail.length;
    if (head.length > end || !name.startsWith(head) || !name.endsWith(tail)) return false;
    let at = head.length;
    for (const piece of rest) {
      const found = name.indexOf(piece, at);
      if (found === -1 || found + piece.length > end) return false;
      at = found + piece.length;
    }
    return true;
  };
}

/** Files that an action makes. */
export interface MadeFiles {
  readonly action: string;
  readonly pattern: string;
}

/** The action whose outputs the file is among; null where there is none. */
export function makerAmong(made: readonly MadeFiles[], path: string): string | null {
  return made.find(({ pattern }) => patternMatcher(pattern)(path))?.action ?? null;
}
