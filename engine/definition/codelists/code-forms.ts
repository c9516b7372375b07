/** What a code of each system must look like, as far as that is certain, and what spoils codes. */

export interface CodeForm {
  readonly fits: RegExp;
  /** After "a code of snomed has". */
  readonly words: string;
}

/**
 * No code that could be real is refused: ICD-10 and OPCS-4 with and without a dot, beginnings of codes (they
 * match by their beginning), the ranges of chapters, and whatever hospitals write behind a code.
 */
const classified: RegExp =
  /^[A-Za-z](?:\d(?:[0-9A-Za-z](?:\.?[0-9A-Za-z-]{0,5}[-+*†‡]?)?)?)?$|^[A-Za-z]\d\d-[A-Za-z]\d\d$/;

const forms: Readonly<Record<string, CodeForm>> = {
  snomed: { fits: /^[1-9]\d{5,17}$/, words: "6 to 18 digits" },
  ctv3: { fits: /^[0-9A-Za-z.]{5}$/, words: "five letters, digits or dots" },
  icd10: { fits: classified, words: "a letter, digits and perhaps a dot" },
  opcs4: { fits: classified, words: "a letter, digits and perhaps a dot" },
};

/** Null for a system whose codes can be anything. */
export function formOf(system: string | null): CodeForm | null {
  return system !== null && Object.hasOwn(forms, system) ? (forms[system] ?? null) : null;
}

/** The systems of which all these could be codes. */
export function systemsOf(codes: readonly string[]): readonly string[] {
  return Object.keys(forms).filter((name) => codes.every((code) => forms[name]?.fits.test(code)));
}

interface Spoilt {
  readonly by: RegExp;
  readonly wayOut: string;
}

const SPREADSHEET =
  "A spreadsheet has rewritten it. Take the codelist again from where it was made, and do not save it with a spreadsheet.";

const spoilt: readonly Spoilt[] = [
  { by: /^[-+]?\d[\d.,]*E[-+]?\d+$/i, wayOut: SPREADSHEET },
  { by: /^\d+[.,]0+$|^[='"]|^#/, wayOut: SPREADSHEET },
  {
    by: /^(?:na|n\/a|nan|null|none|-|-1|unknown|missing)$/i,
    wayOut: "It stands for a code that is missing: take its row away.",
  },
  {
    by: /[^\x21-\x7e]/,
    wayOut:
      "It has a blank or a character in it that cannot be seen or is no plain one: retype it.",
  },
];

/** The way out for a code that cannot be one of its system. */
export function wayOutOfCode(code: string, system: string, all: readonly string[]): string {
  const known = spoilt.find(({ by }) => by.test(code));
  if (known !== undefined) return known.wayOut;
  const others = systemsOf(all);
  const of =
    others.length > 0 ? `The list could be of ${others.join(" or ")}: is its system right?` : "";
  if (system === "ctv3" && /^[0-9A-Za-z.]{1,4}$/.test(code)) {
    return `Shorter codes are filled up with dots: "${code.padEnd(5, ".")}". ${of}`.trimEnd();
  }
  if (of !== "") return of;
  if (system === "ctv3" && /^[0-9A-Za-z.]{5}\d\d$/.test(code)) {
    return `The last two characters are no part of the code: "${code.slice(0, 5)}".`;
  }
  return "Are the system of the codelist and its column the right ones?";
}

const D5 = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
  [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
  [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
  [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
  [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
  [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
  [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
  [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
  [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
] as const;

const permuted = permutations([1, 5, 7, 6, 2, 8, 3, 0, 9, 4]);

/** The digits after one more round each; Verhoeff's scheme has eight of them. */
function permutations(round: readonly number[]): readonly (readonly number[])[] {
  const rounds: (readonly number[])[] = [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]];
  while (rounds.length < 8) rounds.push((rounds.at(-1) ?? []).map((digit) => round[digit] ?? 0));
  return rounds;
}

/** Whether the last digit of a SNOMED id is the one that its others demand (Verhoeff's check digit). */
export function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    sum = D5[sum]?.[permuted[i % 8]?.[digit] ?? 0] ?? 0;
  }
  return sum === 0;
}
