/** Between the entries of a manifest and its text: what cannot have come from here is not believed. */
import { isRecord } from "../../base/is-record.ts";
import { byCodePoint } from "../../base/value-types.ts";
import { areMeasureFacts } from "../../measures/measure-facts.ts";
import type { MeasureFacts } from "../../measures/measure-facts.ts";
import { isCohortMark } from "../../measures/published-facts.ts";
import type { CohortMark, PublishedFacts } from "../../measures/published-facts.ts";
import type { CohortOrigin } from "./cohort-origin.ts";
import { areVocabularyFacts } from "./vocabulary-facts.ts";
import type { VocabularyFacts } from "./vocabulary-facts.ts";

export interface ManifestEntry {
  /** Of everything the content depends on. */
  readonly fingerprint: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  /** A measure without groups: rows are patients. */
  readonly patient_level?: true;
  /** Of a cohort file, and of a measure's that was made without one: what it was made from. Absent in entries of older engines; read with readOrigin. */
  readonly origin?: CohortOrigin;
  /** Of a measure's file: the study whose measure it is. */
  readonly study?: string;
  /** Of a measure's file. Absent in entries of older engines. */
  readonly measure?: MeasureFacts;
  /** Of a measure's file of one date: which patients it counts. Absent as well. */
  readonly counted?: CohortMark;
  /** Of a measure's file of all dates: what an audit of it must know. Absent as well; read with readPublished. */
  readonly published?: PublishedFacts;
  /** Of a measure's file of all dates: which of its study's measures it is, from 0. Absent as well. */
  readonly place?: number;
  /** Of a cohort file, and of a measure's made without one, where codelists were looked up in vocabularies of the records. */
  readonly vocabulary?: VocabularyFacts;
  /** Of a file that says what each condition of a population leaves of the patients. */
  readonly attrition?: AttritionFacts;
}

export interface AttritionFacts {
  readonly study: string;
  /** Null where numbers of patients are as they were counted: nobody but who sees cohorts may see them. */
  readonly rounding: "midpoint6" | null;
  /** The fingerprint of each cohort file that it counts, by name. Absent in entries of older engines. */
  readonly cohorts?: Readonly<Record<string, string>>;
}

function areAttritionFacts(held: unknown): held is AttritionFacts {
  if (!isRecord(held)) return false;
  const { study, rounding, cohorts = {} } = held;
  if (!isRecord(cohorts) || !Object.values(cohorts).every(isText)) return false;
  return isText(study) && (rounding === null || rounding === "midpoint6");
}

export type Manifest = Readonly<Record<string, ManifestEntry>>;

const VERSION = 1;

export type ManifestText =
  | { readonly kind: "manifest"; readonly entries: Manifest }
  /** What is wrong with it: "it is not JSON", "rows of input_2020-01-01.csv is no whole number". */
  | { readonly kind: "damaged"; readonly why: string };

/** Sorted, so that same content = same bytes. */
export function manifestText(entries: Manifest): string {
  const files = Object.entries(entries).sort(([a], [b]) => byCodePoint(a, b));
  return `${JSON.stringify({ files: Object.fromEntries(files), manifest: VERSION }, null, 2)}\n`;
}

export function parseManifest(text: string): ManifestText {
  let held: unknown;
  try {
    held = JSON.parse(text);
  } catch {
    return damaged("it is not JSON");
  }
  if (!isRecord(held)) return damaged("it is no JSON object");
  const { manifest, files } = held;
  if (manifest !== VERSION) return damaged(`its "manifest" is not ${VERSION}`);
  if (!isRecord(files)) return damaged('its "files" is no JSON object');
  for (const [name, entry] of Object.entries(files)) {
    const why = faultOf(name, entry);
    if (why !== null) return damaged(why);
  }
  return { kind: "manifest", entries: files as Manifest };
}

/** An origin is read with readOrigin, which takes one that is odd for none: the file is then made again. */
function faultOf(name: string, entry: unknown): string | null {
  // What is found by its name, read or removed must lie beside the manifest.
  if (/[/\\\0]/.test(name) || ["", ".", ".."].includes(name))
    return `${shown(name)} is no file name`;
  if (!isRecord(entry)) return `the entry of ${shown(name)} is no JSON object`;
  for (const [field, { holds, words }] of Object.entries(fields)) {
    if (!holds(entry[field])) return `${field} of ${shown(name)} is ${words}`;
  }
  return null;
}

interface Field {
  readonly holds: (value: unknown) => boolean;
  /** What it is otherwise. */
  readonly words: string;
}

const isText = (value: unknown): boolean => typeof value === "string";
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

const fields: Readonly<Record<string, Field>> = {
  fingerprint: { holds: isText, words: "no text" },
  rows: { holds: isCount, words: "no whole number" },
  bytes: { holds: isCount, words: "no whole number" },
  sha256: { holds: isText, words: "no text" },
  patient_level: { holds: (value) => value === undefined || value === true, words: "not true" },
  study: { holds: (value) => value === undefined || isText(value), words: "no text" },
  place: { holds: (value) => value === undefined || isCount(value), words: "no whole number" },
  measure: {
    holds: (value) => value === undefined || areMeasureFacts(value),
    words: "no description of a measure",
  },
  counted: {
    holds: (value) => value === undefined || isCohortMark(value),
    words: "no mark of a cohort",
  },
  attrition: {
    holds: (value) => value === undefined || areAttritionFacts(value),
    words: "no description of an attrition",
  },
  vocabulary: {
    holds: (value) => value === undefined || areVocabularyFacts(value),
    words: "no description of a vocabulary",
  },
};

function damaged(why: string): ManifestText {
  return { kind: "damaged", why };
}

/** A name may be as long as somebody likes. */
function shown(name: string): string {
  return JSON.stringify(name.length > 200 ? `${name.slice(0, 200)}…` : name);
}
