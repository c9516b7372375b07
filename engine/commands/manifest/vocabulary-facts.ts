/** What the manifest says of the vocabularies that codelists of a file were looked up in. */
import { isRecord } from "../../base/is-record.ts";
import type { CodelistCounts } from "../../backend/codelist-counts.ts";

export interface CodelistFacts extends CodelistCounts {
  /** As people speak of it, not the same for two of a study. */
  readonly name: string;
  readonly system: string;
  /** None where its codes are ids of concepts. */
  readonly vocabularies: readonly string[];
}

/** Counts of codes alone: none of patients or records. */
export interface VocabularyFacts {
  /** As the records tell it; null where they do not. */
  readonly release: string | null;
  readonly codelists: readonly CodelistFacts[];
}

export function areVocabularyFacts(held: unknown): held is VocabularyFacts {
  if (!isRecord(held)) return false;
  const { release, codelists } = held;
  const isTold = release === null || isText(release);
  return isTold && Array.isArray(codelists) && codelists.every(areCodelistFacts);
}

const COUNTS = ["codes", "found", "missing", "retired", "unmapped", "shared"] as const;

function areCodelistFacts(held: unknown): boolean {
  if (!isRecord(held)) return false;
  const { name, system, vocabularies } = held;
  const areTexts = Array.isArray(vocabularies) && vocabularies.every(isText);
  return [name, system].every(isText) && areTexts && COUNTS.every((count) => isCount(held[count]));
}

const isText = (value: unknown): boolean => typeof value === "string";
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
