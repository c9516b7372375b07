/** Text as databases compare it. */

/**
 * Case and trailing spaces do not count where text is folded. Letter by letter, as databases do: JavaScript
 * would make the last capital sigma of a word another letter than the others. test/property/hostile-text.
 */
export function foldText(text: string): string {
  return Array.from(text.replace(/ +$/, ""), smallLetter).join("");
}

function smallLetter(letter: string): string {
  const [small = ""] = letter.toLowerCase();
  return small;
}
