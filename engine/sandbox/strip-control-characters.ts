/** Text from an author's file on its way to a terminal. */

/** C0, DEL and C1 controls, the marks that reorder text, halves of characters: none may reach a terminal or a log. */
const CONTROLS = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/**
 * One printable line of at most `limit` characters: runs of control characters become one space, so
 * that no message can move a cursor, colour the screen or pretend to be another line.
 */
export function stripControlCharacters(text: string, limit = 400): string {
  // Cut first: text from the sandbox may be megabytes long.
  const line = text
    .slice(0, limit * 4)
    .replace(CONTROLS, " ")
    .trim();
  const characters = Array.from(line);
  const isCut = characters.length > limit || text.length > limit * 4;
  return isCut ? `${characters.slice(0, limit - 1).join("")}…` : line;
}
