/** Texts in pictures: how wide they are, near enough, and cut where there is no room. */

/** Marks belong to the letter before them. */
const LETTER = /\P{M}(?:\p{M}|\u200d|\ufe0f)*/gu;

const NARROW = /[\s.,:;'|!ijlftrI()[\]{}-]/u;
const WIDE =
  /[mwMW@%\u{2014}\u{1100}-\u{11ff}\u{2e80}-\u{fbff}\u{ff00}-\u{ff60}\u{1f000}-\u{1faff}]/u;

/** In pixels. Fonts differ, so it is rather too much than too little. */
export function textWidth(text: string, size: number): number {
  const letters = text.match(LETTER) ?? [];
  return letters.reduce((sum, letter) => sum + size * share(letter), 0);
}

function share(letter: string): number {
  if (WIDE.test(letter)) return 1;
  if (NARROW.test(letter)) return 0.35;
  return /\p{Lu}/u.test(letter) ? 0.7 : 0.58;
}

/** With an ellipsis where the text is wider than there is room. */
export function cutText(text: string, size: number, room: number): string {
  if (textWidth(text, size) <= room) return text;
  const kept: string[] = [];
  let width = textWidth("…", size);
  for (const letter of text.match(LETTER) ?? []) {
    width += textWidth(letter, size);
    if (width > room) break;
    kept.push(letter);
  }
  return `${kept.join("").trimEnd()}…`;
}

/** A column or measure as a reader's words: `acute_kidney_injury` is "acute kidney injury". */
export function spaced(name: string): string {
  return name.replaceAll("_", " ");
}
