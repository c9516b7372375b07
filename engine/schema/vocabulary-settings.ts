/** How codelists are looked up in the vocabularies of records. */

import type { CodeMatch } from "../definition/codelists/code-match.ts";

export interface VocabularySettings {
  readonly match: CodeMatch;
  /** Whether standard concepts below those of a codelist count too. */
  readonly descendants: boolean;
  /** The same by the system of a codelist. */
  readonly descendantsOf: Readonly<Record<string, boolean>>;
  /** Vocabularies by the system of a codelist, instead of those that have its name. */
  readonly systems: Readonly<Record<string, readonly string[]>>;
  /** Whether a codelist of which no code is found is one that nobody has. */
  readonly allowEmpty: boolean;
  /** The last day that the records tell of, whole; null for the day on which their source was released. */
  readonly dataUntil: string | null;
}

/** The vocabularies in which codes of a system are looked up, unless it is said otherwise. */
export const usualVocabularies: Readonly<Record<string, readonly string[]>> = {
  snomed: ["SNOMED"],
  dmd: ["dm+d"],
  icd10: ["ICD10"],
  icd10cm: ["ICD10CM"],
  opcs4: ["OPCS4"],
  read2: ["Read"],
  loinc: ["LOINC"],
  rxnorm: ["RxNorm", "RxNorm Extension"],
  atc: ["ATC"],
};

/** Systems of codes that are compared without letter case and dots. */
export const plainSystems: ReadonlySet<string> = new Set(["icd10", "icd10cm", "opcs4"]);
