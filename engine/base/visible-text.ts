/**
 * The one way of text to terminals, logs and messages. A name, a branch or a printed line may hold
 * characters that move the cursor, colour the screen, turn the direction of what follows or cannot be
 * seen; here they become visible, so that nothing shown can pretend to be something else.
 */

/** Controls, format characters, halves of pairs, line and paragraph separators, and whatever else is not drawn. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * Of these the ones that could pretend another text on a screen: controls but for tabs and line ends, and
 * marks that turn its direction. No project.yaml may hold them; joiners and the like, which languages need,
 * it may.
 */
export const DECEPTIVE = /(?![\t\n\r\ufeff])\p{Cc}|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

/** Each character that cannot be seen as `\u{9b}`, tabs and line ends included. */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, visible);
}

/** The same for a line that may have tabs. A line end within it is no line end: it is made visible. */
export function visibleLine(line: string): string {
  return line.replace(UNSEEN, (character) => (character === "\t" ? character : visible(character)));
}

/** JSON with the same content in which such characters are escapes of JSON: safe on a terminal. */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSEEN, (character) =>
    Array.from({ length: character.length }, (_, at) => jsonEscape(character.charCodeAt(at))).join(
      "",
    ),
  );
}

function visible(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function jsonEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
