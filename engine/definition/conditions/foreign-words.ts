/** What authors write from other languages, and how conditions say it. */

/** Symbols of other languages; longer ones first where one begins another. */
const foreignSymbols: readonly (readonly [symbol: string, wayOut: string])[] = [
  ["===", "Equal is =."],
  ["==", "Equal is =."],
  ["!==", "Not equal is !=."],
  ["<>", "Not equal is !=."],
  ["=>", "At least is >=."],
  ["=<", "At most is <=."],
  ["&&", "Write AND."],
  ["&", "Write AND."],
  ["||", "Write OR."],
  ["|", "Write OR."],
  ["!", "Write NOT."],
  ["≠", "Not equal is !=."],
  ["≥", "At least is >=."],
  ["≤", "At most is <=."],
  ["−", "Write a plain hyphen for minus."],
  ["–", "Write a plain hyphen for minus."],
  ["×", "Write *."],
  ["÷", "Write /."],
  ["**", "There is no power; multiply instead."],
  ["^", "There is no power; multiply instead."],
  ["%", "There is no remainder of a division; conditions have + - * / only."],
  ["“", "Write straight quotes: ' or \"."],
  ["”", "Write straight quotes: ' or \"."],
  ["‘", "Write straight quotes: ' or \"."],
  ["’", "Write straight quotes: ' or \"."],
  ["`", "Name a column without any marks around it."],
  ["[", "Name a column without any marks around it."],
  [",", "There are no lists; write one comparison for each value: sex = 'M' OR sex = 'F'."],
  [".", "Name a column alone, without its table."],
  [";", "A condition is one expression and needs no end mark."],
];

/** The foreign symbol at that offset, whatever it is, and what to write instead of it. */
export function foreignSymbolAt(
  text: string,
  offset: number,
): { readonly symbol: string; readonly wayOut: string } {
  const found = foreignSymbols.find(([symbol]) => text.startsWith(symbol, offset));
  if (found !== undefined) return { symbol: found[0], wayOut: found[1] };
  const symbol = String.fromCodePoint(text.codePointAt(offset) ?? 0);
  return { symbol: JSON.stringify(symbol), wayOut: "Text must stand in quotes." };
}

/** Symbols that begin with a symbol of ours and would otherwise be read as two. */
export const foreignCompound = /===?|!==|<>|=>|=<|\*\*/y;

const ONE_EACH = "Write one comparison for each value: sex = 'M' OR sex = 'F'.";
const NO_NULL =
  "Nothing is NULL: what is missing is 0 or ''. A column alone asks whether it is there; NOT bmi asks whether it is missing.";
const NO_TRUE = "Name the column alone for yes, has_asthma, and after NOT for no, NOT has_asthma.";

const foreignWords = {
  IN: ONE_EACH,
  BETWEEN: "Write both bounds: age >= 18 AND age <= 64.",
  LIKE: "Text is compared as a whole; select codes with a codelist instead.",
  IS: NO_NULL,
  NULL: NO_NULL,
  CASE: "Give each outcome a condition of its own in patients.categorised_as.",
  TRUE: NO_TRUE,
  FALSE: NO_TRUE,
} as const;

/** The way out for a word of SQL that conditions lack, in either letter case; null for other words. */
export function foreignWordHint(word: string): string | null {
  const upper = word.toUpperCase();
  return Object.hasOwn(foreignWords, upper)
    ? foreignWords[upper as keyof typeof foreignWords]
    : null;
}
