/** The one place where codelists come into being. Runs inside the sandbox: plain JavaScript only. */
import { fail } from "../author-side-problems.ts";
import type { Codelist, CodelistFile } from "../model.ts";

export type CategorisedCode = readonly [code: string, category: string];
export type Codes = readonly string[] | readonly CategorisedCode[];

/**
 * A frozen codelist. `file` is where the codes come from, null if written out in the study.
 * Problems: codelist-empty; codelist-conflict for a code in two categories. Repeats are allowed.
 */
export function makeCodelist(codes: Codes, system: string | null, file: string | null): Codelist {
  if (codes.length === 0) return fail("codelist-empty", { file });
  if (areCategorised(codes)) categoryOfCode(codes, file);
  for (const code of codes) Object.freeze(code);
  return Object.freeze({ system: plainSystem(system), codes: Object.freeze(codes) });
}

/** SNOMED CT goes by two names. */
export function plainSystem<T>(system: T): T | "snomed" {
  return system === "snomedct" ? "snomed" : system;
}

/** A code that is written as a whole number is its digits; anything else stays. */
export function codeText(code: unknown): unknown {
  return Number.isSafeInteger(code) ? String(code) : code;
}

const filesByCodelist = new WeakMap<Codelist, readonly CodelistFile[]>();

/** Remembers where the codes come from, each file once. */
export function madeFrom(codelist: Codelist, files: readonly CodelistFile[]): Codelist {
  const distinct = new Map(files.map((each) => [JSON.stringify(each), each]));
  if (distinct.size > 0) filesByCodelist.set(codelist, [...distinct.values()]);
  return codelist;
}

/** None for codes that are written out in the study. */
export function filesOf(codelist: object): readonly CodelistFile[] {
  return filesByCodelist.get(codelist as Codelist) ?? [];
}

/** Either every code of a codelist has a category or none has. */
export function areCategorised(codes: Codes): codes is readonly CategorisedCode[] {
  return Array.isArray(codes[0]);
}

/** The category of each code, in order of first mention. */
export function categoryOfCode(
  pairs: readonly CategorisedCode[],
  file: string | null,
): ReadonlyMap<string, string> {
  const categories = new Map<string, string>();
  for (const [code, category] of pairs) {
    const before = categories.get(code);
    if (before !== undefined && before !== category) {
      fail("codelist-conflict", { file, code, categories: [before, category] });
    }
    categories.set(code, category);
  }
  return categories;
}

/** A codelist as it counts: its system and its codes. Any other value is given back. */
export function withoutFiles(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("files" in value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "files"));
}
