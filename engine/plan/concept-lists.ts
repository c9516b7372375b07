/** Codelists that are looked up in the vocabularies of records, and what they are there. */
import type { IsoDate } from "../base/dates.ts";
import type { CategorisedCode } from "../definition/codelists/make-codelist.ts";
import type { CodelistFile } from "../definition/model.ts";

export interface AskedCodelist {
  /** A column that asks for it. */
  readonly column: string;
  readonly system: string;
  readonly files: readonly CodelistFile[];
  /** None where its codes are ids of concepts. */
  readonly vocabularies: readonly string[];
  readonly codes: readonly CategorisedCode[];
  /** Codes are compared without letter case and dots. */
  readonly isPlain: boolean;
  /** Whether a code stands for all that begin with it. */
  readonly isPrefix: boolean;
  /** Whether standard concepts below those that it is mapped to count too. */
  readonly descendants: boolean;
}

/** A concept of a codelist, with the code of the list and its category. */
export interface ListedConcept {
  readonly concept: number;
  readonly code: string;
  readonly category: string;
}

/** Each concept once; where several codes of the list come to it, the lowest has it. */
export interface ResolvedCodelist {
  /** In which its codes were looked up. */
  readonly vocabularies: readonly string[];
  readonly sources: readonly ListedConcept[];
  /** What those are, or are mapped to. */
  readonly standards: readonly ListedConcept[];
}

export const NOTHING_FOUND: ResolvedCodelist = { vocabularies: [], sources: [], standards: [] };

/** What the vocabularies of the records that will answer tell. */
export interface ConceptFacts {
  readonly resolve: (asked: AskedCodelist) => ResolvedCodelist;
  /** The last day that the records tell of; null where nobody knows. */
  readonly dataUntil: IsoDate | null;
}

/** The same for two columns that ask for the same. */
export function keyOf(asked: AskedCodelist): string {
  const { system, vocabularies, codes, isPlain, isPrefix, descendants } = asked;
  return JSON.stringify([system, vocabularies, codes, isPlain, isPrefix, descendants]);
}
