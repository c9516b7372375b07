/** Problems of codelists and of the files they are read from. */
import { kind } from "../../base/problem-kind.ts";
import { nearestHint, quotedList } from "../../base/wording.ts";

/** The file that a codelist was read from; null for one written out in the study. */
export interface FromFile {
  readonly file: string | null;
}

export interface InFile {
  readonly file: string;
}

export interface OnLine extends InFile {
  readonly line: number;
}

const codelist = ({ file }: FromFile): string =>
  file === null ? "A codelist" : `Codelist file ${JSON.stringify(file)}`;

const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? "" : "s"}`;

/** Codes of one origin that are reported together. */
export interface StrangeCodes extends FromFile {
  /** A column that uses them. */
  readonly column: string;
  readonly system: string;
  readonly examples: readonly {
    readonly code: string;
    readonly at: { readonly line: number } | null;
  }[];
  readonly count: number;
}

/** What cannot be seen is shown by its number. */
const shownCode = (code: string): string =>
  `"${Array.from(code.slice(0, 40), (each) => (/[\x20-\x7e]/.test(each) ? each : `\\u{${(each.codePointAt(0) ?? 0).toString(16)}}`)).join("")}"`;

const strangeCodes = ({ examples, count, ...facts }: StrangeCodes): string => {
  const shown = examples.map(
    ({ code, at }) => `${at === null ? "" : `line ${at.line} `}${shownCode(code)}`,
  );
  const more = count > examples.length ? ` and ${counted(count - examples.length, "more")}` : "";
  const list =
    facts.file === null
      ? `The codelist of column ${JSON.stringify(facts.column)}`
      : codelist(facts);
  return `${list} has ${shown.join(", ")}${more.replace(/s$/, "")}`;
};

export const codelistProblems = {
  "codes-of-no-system": kind<StrangeCodes & { readonly words: string; readonly wayOut: string }>(
    1,
    ({ words, ...facts }) =>
      `${strangeCodes(facts)}, which cannot be ${facts.count === 1 ? "a code" : "codes"} of ${facts.system}: such a code has ${words}`,
    ({ wayOut }) => wayOut,
  ),
  /** Warning only. */
  "codes-check-digit": kind<StrangeCodes>(
    1,
    (facts) =>
      `${strangeCodes(facts)}, whose last ${facts.count === 1 ? "digit is" : "digits are"} not what SNOMED demands of the others`,
    () =>
      "A digit may be wrong. Spreadsheets keep 15 digits and make the rest 0: compare it with where the list was made.",
  ),
  "codelist-not-a-list": kind<{ readonly what: string; readonly wayOut: string }>(
    1,
    ({ what }) => `A codelist is made from a list of codes, not from ${what}`,
    ({ wayOut }) => wayOut,
  ),
  "codelist-without-system": kind<{ readonly what: string }>(
    1,
    ({ what }) => `A codelist needs the name of its coding system, not ${what}`,
    () =>
      'Systems in use are "snomed", "ctv3", "icd10", "opcs4"; on OMOP records also "loinc", "rxnorm", "atc", "icd10cm", "read2", "omop".',
  ),
  "codelist-look-up": kind<{
    readonly option: string;
    readonly wanted: string;
    readonly found: string;
  }>(
    1,
    ({ option, wanted, found }) => `The option ${option} of lookedUp is ${wanted}, not ${found}`,
    () => "It says how a codelist is looked up in the vocabularies of OMOP records.",
  ),
  "codelists-looked-up-differently": kind<object>(
    1,
    () => "Codelists that are combined are looked up in vocabularies in different ways",
    () => "Combine them first, and then say with lookedUp how the whole list is looked up.",
  ),
  "codelist-entry": kind<{ readonly position: number; readonly what: string }>(
    1,
    ({ position, what }) => `Entry ${position} of a codelist is ${what}`,
    () =>
      'Codes are text, so that "0123" stays "0123". Write ["A1", "B2"], or with categories [["A1", "mild"], ["B2", "severe"]].',
  ),
  "codelist-partly-categorised": kind<{ readonly position: number; readonly without: boolean }>(
    1,
    ({ position, without }) =>
      `Code ${position} of a codelist has ${without ? "no" : "a"} category, unlike those before it`,
    () => "Give every code a category, or none.",
  ),
  "codelist-empty": kind<FromFile>(
    1,
    (facts) => `${codelist(facts)} has no codes`,
    ({ file }) => (file === null ? "Name at least one code." : "Is it the right file and column?"),
  ),
  "codelist-conflict": kind<
    FromFile & { readonly code: string; readonly categories: readonly [string, string] }
  >(
    1,
    ({ code, categories: [one, other], ...facts }) =>
      `${codelist(facts)} has code ${JSON.stringify(code)} in two categories, ${JSON.stringify(one)} and ${JSON.stringify(other)}`,
    () => "Keep one of them.",
  ),
  "codelist-column": kind<
    InFile & {
      readonly column: string;
      readonly columns: readonly string[];
      readonly nearest: readonly string[];
    }
  >(
    1,
    ({ file, column }) =>
      `Codelist file ${JSON.stringify(file)} has no column ${JSON.stringify(column)}`,
    ({ columns, nearest }) =>
      `${nearestHint(nearest)} Its columns are ${quotedList(columns)}.`.trimStart(),
  ),
  "codelist-column-repeated": kind<InFile & { readonly column: string }>(
    1,
    ({ file, column }) =>
      `Codelist file ${JSON.stringify(file)} has more than one column ${JSON.stringify(column)}`,
    () => "Give each column a name of its own.",
  ),
  "codelist-row-length": kind<
    OnLine & { readonly found: number; readonly expected: number; readonly others: number }
  >(
    1,
    ({ file, line, found, expected, others }) =>
      `Codelist file ${JSON.stringify(file)}: the row on line ${line} has ${counted(found, "value")}, but the header names ${expected}` +
      (others === 0 ? "" : ` (${counted(others, "more row")} of a wrong length)`),
    () => 'A value with a comma in it must stand in double quotes: "fracture, left".',
  ),
  /** Warning only. */
  "codelist-row-surplus": kind<
    OnLine & { readonly found: number; readonly expected: number; readonly others: number }
  >(
    1,
    ({ file, line, found, expected, others }) =>
      `Codelist file ${JSON.stringify(file)}: the row on line ${line} has ${counted(found, "value")}, but the header names ${expected}` +
      (others === 0 ? "" : ` (${counted(others, "more row")} like it)`),
    () =>
      'Its code stands before the surplus and is taken. A value with a comma in it belongs in double quotes: "fracture, left".',
  ),
  "codelist-quote": kind<OnLine>(
    1,
    ({ file, line }) =>
      `Codelist file ${JSON.stringify(file)}: a quoted value that begins on line ${line} does not end properly`,
    () =>
      'Its closing quote must be followed by a comma or a line end; a quote inside is doubled: "5"" pipe".',
  ),
  "codelists-of-different-systems": kind<{ readonly systems: readonly [string, string] }>(
    1,
    ({ systems: [one, other] }) =>
      `Cannot combine codelists from different systems: '${one}' and '${other}'`,
    () => "A code means something in its own system only; use a column for each codelist.",
  ),
  "codelists-partly-categorised": kind<object>(
    1,
    () => "Cannot combine categorised and uncategorised codelists",
    () => "Load all of them with a category column, or none.",
  ),
  "codelist-uncategorised": kind<object>(
    1,
    () => "This codelist has no categories to choose codes by",
    () => "Load it with its category column.",
  ),
  "codelist-category-unused": kind<{
    readonly include: readonly string[];
    readonly categories: readonly string[];
  }>(
    1,
    ({ include }) => `No code of the codelist is in ${quotedList(include) || "no category at all"}`,
    ({ categories }) =>
      `Its categories are ${quotedList(categories.slice(0, 10))}${categories.length > 10 ? ", …" : ""}.`,
  ),
} as const;
