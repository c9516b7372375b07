const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Text as HTML and SVG show it, in an element or in a quoted attribute. What XML cannot hold is shown
 * as a replacement character, and so are marks that turn the direction of the text around them.
 */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter).replace(UNSEEN, "\uFFFD");
}

/** Controls but tab and line end, direction marks, halves of pairs, and the two that are no letters. */
const UNSEEN = /(?![\t\n])\p{Cc}|\p{Cs}|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;
