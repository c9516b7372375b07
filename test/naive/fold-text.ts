/** Text as the reference's database compares it: letter case and trailing spaces do not count. */
import type { Texts } from "../../engine/definition/checked-arguments.ts";
import type { Codelist } from "../../engine/definition/model.ts";

export function fold(text: string): string {
  return lower(text.replace(/ +$/, ""));
}

/** Each letter by itself: whether a sigma ends a word does not matter, and no letter becomes two. */
export function lower(text: string): string {
  return Array.from(text, (letter) => Array.from(letter.toLowerCase())[0] ?? "").join("");
}

export function sameText(a: string | null, b: string): boolean {
  return a !== null && fold(a) === fold(b);
}

/** Missing text is in no list. */
export function isAmong(text: string | null, list: readonly string[]): boolean {
  return list.some((each) => sameText(text, each));
}

/** Text, a list of texts or a codelist without categories; null where not given. */
export function textsOf(given: Texts | null | undefined): readonly string[] | null {
  if (given === undefined || given === null) return null;
  if (typeof given === "string") return [given];
  return "codes" in given ? codesOf(given) : given;
}

/** The codes alone, whether they have categories or not. */
export function codesOf({ codes }: Codelist): readonly string[] {
  return codes.map((code) => (typeof code === "string" ? code : code[0]));
}

/** Without such an argument every row suits. */
export function suits(text: string | null, given: Texts | null | undefined): boolean {
  const list = textsOf(given);
  return list === null || isAmong(text, list);
}
