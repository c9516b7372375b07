/** The words of a command as a shell sees them, without running one. */

const BLANK = /\s/;

/**
 * Blanks part words; '…' keeps everything, "…" everything but \" \\ \$ and \`, a \ outside quotes the
 * next character. Null where a quote is not closed. Nothing is expanded: $HOME and * stay as they are.
 */
export function shellWords(text: string): readonly string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < text.length;) {
    const start = text.charAt(at);
    if (BLANK.test(start)) {
      if (word !== null) words.push(word);
      word = null;
      at += 1;
      continue;
    }
    const piece = pieceAt(text, at);
    if (piece === null) return null;
    word = (word ?? "") + piece.text;
    at = piece.end;
  }
  if (word !== null) words.push(word);
  return words;
}

interface Piece {
  readonly text: string;
  readonly end: number;
}

/** What stands at a place that is not blank. */
function pieceAt(text: string, at: number): Piece | null {
  switch (text.charAt(at)) {
    case "'":
      return singleQuoted(text, at + 1);
    case '"':
      return doubleQuoted(text, at + 1);
    case "\\":
      return at + 1 < text.length ? { text: text.charAt(at + 1), end: at + 2 } : null;
    default:
      return { text: text.charAt(at), end: at + 1 };
  }
}

function singleQuoted(text: string, from: number): Piece | null {
  const end = text.indexOf("'", from);
  return end === -1 ? null : { text: text.slice(from, end), end: end + 1 };
}

function doubleQuoted(text: string, from: number): Piece | null {
  let held = "";
  for (let at = from; at < text.length; at++) {
    const letter = text.charAt(at);
    if (letter === '"') return { text: held, end: at + 1 };
    if (letter === "\\" && /["\\$`]/.test(text.charAt(at + 1))) at += 1;
    held += text.charAt(at);
  }
  return null;
}

/** A word as it would have to be typed. */
export function quotedWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`;
}
