/** What a cohort file was made from, as the manifest says it to people and to `generate_measures`. */
import { studyToJson } from "../../definition/json/study-json.ts";
import type { Json, StudyDefinition } from "../../definition/model.ts";
import { fingerprintOf } from "./fingerprint.ts";

/** Who answered: made-up patients, a file that the user supplied as such, or a database. */
export type DataKind = "dummy" | "dummy file" | "database";

export interface CohortOrigin {
  /** `study_definition_copd`. */
  readonly study: string;
  readonly index_date: string | null;
  readonly data: DataKind;
  /** Tells the source from others, and from itself at another time; no address and no path. */
  readonly data_version: string;
  /** SHA-256 of the study without its codelists and measures. */
  readonly definition: string;
  /** SHA-256 of its codelists. */
  readonly codelists: string;
  /** Values of `--param`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** SHA-256 of each file that the study takes values from. */
  readonly files: Readonly<Record<string, string>>;
  readonly engine: string;
  /** The day it was made, where the study says "today". */
  readonly today: string | null;
}

/** What is known of a study without making a cohort. */
export type DefinitionFacts = Pick<CohortOrigin, "definition" | "codelists" | "parameters">;

export function definitionFacts(
  definition: StudyDefinition,
  parameters: Readonly<Record<string, string>>,
): DefinitionFacts {
  const codelists: Json[] = [];
  const bare = withoutCodelists(studyToJson(definition), codelists);
  return {
    definition: fingerprintOf(bare),
    codelists: fingerprintOf(codelists),
    parameters: Object.fromEntries(Object.entries(parameters).sort()),
  };
}

function withoutCodelists(value: Json, found: Json[]): Json {
  if (Array.isArray(value)) return value.map((each: Json) => withoutCodelists(each, found));
  if (typeof value !== "object" || value === null) return value;
  const record = value as Readonly<Record<string, Json>>;
  if (Object.keys(record).sort().join() === "codes,system") {
    found.push(record);
    return null;
  }
  return Object.fromEntries(
    Object.entries(record).map(([key, each]) => [key, withoutCodelists(each, found)]),
  );
}

/** Null where an entry says nothing of it: an older engine wrote it, or somebody altered it. */
export function readOrigin(held: unknown): CohortOrigin | null {
  if (typeof held !== "object" || held === null) return null;
  const record = held as Readonly<Record<string, unknown>>;
  const isText = (key: string): boolean => typeof record[key] === "string";
  const isTextOrNull = (key: string): boolean => record[key] === null || isText(key);
  const isComplete =
    ["study", "data_version", "definition", "codelists", "engine"].every(isText) &&
    ["index_date", "today"].every(isTextOrNull) &&
    ["dummy", "dummy file", "database"].includes(String(record["data"])) &&
    ["parameters", "files"].every((key) => isTexts(record[key]));
  return isComplete ? (held as CohortOrigin) : null;
}

function isTexts(held: unknown): boolean {
  if (typeof held !== "object" || held === null || Array.isArray(held)) return false;
  return Object.values(held).every((value) => typeof value === "string");
}
