/** Where the rows of a CSV text end: at each LF that is not inside quotes. */

export interface RowEnds {
  /** Position of the first row end in the next piece, or null if the row goes on after it. */
  readonly firstEnd: (piece: string) => number | null;
  /** The next piece with `ending` in place of each row end. */
  readonly replace: (piece: string, ending: string) => string;
}

/**
 * Follows one text through its pieces, which may be cut anywhere, inside quotes too. A quote inside
 * quotes is written twice, so it opens again what it has just closed.
 */
export function openRowEnds(): RowEnds {
  let quoted = false;
  return {
    firstEnd: (piece) => {
      for (let at = 0; at < piece.length; at++) {
        if (piece[at] === '"') quoted = !quoted;
        else if (piece[at] === "\n" && !quoted) return at;
      }
      return null;
    },
    replace: (piece, ending) => {
      const [first = "", ...others] = piece.split('"');
      let text = quoted ? first : first.replaceAll("\n", ending);
      for (const part of others) {
        quoted = !quoted;
        text += `"${quoted ? part : part.replaceAll("\n", ending)}`;
      }
      return text;
    },
  };
}
