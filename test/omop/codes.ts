/** Whether a row with codes is in a codelist: looked up in the vocabularies, one concept after the other. */
import type { Codelist } from "../../engine/definition/model.ts";
import { rowsOf } from "../naive/asked.ts";
import type { Asked } from "../naive/asked.ts";
import { compare } from "../naive/order.ts";
import { text, whole } from "../naive/row.ts";
import type { Row } from "../naive/row.ts";
import type { Declared } from "./declared.ts";

/** A code of the list. */
export interface Listed {
  readonly code: string;
  readonly category: string | null;
}

/** Where a row has its code, and the concepts of it. */
export interface CodedBy {
  readonly text: string;
  readonly source: string;
  readonly standard: string;
}

export type Decide = (row: Row, by: CodedBy) => Listed | null;

interface Use {
  readonly declared: Declared;
  readonly isMedication?: boolean;
  readonly isPrefix?: boolean;
}

const VOCABULARIES: Readonly<Record<string, readonly string[]>> = {
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

/** Their codes are written with and without dots, in either letter case. */
const CLASSIFICATIONS = ["icd10", "icd10cm", "opcs4"];

export function decider(asked: Asked, codelist: Codelist, use: Use): Decide {
  const { declared } = use;
  const match = codelist.match ?? declared.match ?? "source-then-standard";
  const entries = entriesOf(codelist, use);
  if (match === "source_value") return (row, by) => lowestOf(entries, text(row, by.text));
  const lists = lookedUp(asked, codelist, { ...use, entries });
  const descendants = codelist.descendants ?? declared.descendants ?? false;
  return (row, by) => {
    const own = lists.sources.get(whole(row, by.source) ?? 0) ?? null;
    const standard = lists.standards.get(whole(row, by.standard) ?? 0) ?? null;
    if (match === "source") return own;
    if (match === "standard") return standard;
    if (descendants) return own ?? standard;
    return lists.isOfList(whole(row, by.source)) ? own : standard;
  };
}

interface Entry extends Listed {
  /** What settles which of two is lower. */
  readonly plain: string;
  readonly is: (code: string) => boolean;
}

function entriesOf({ system, codes }: Codelist, { isPrefix = false }: Use): readonly Entry[] {
  const isClassified = CLASSIFICATIONS.includes(system ?? "");
  const plain = (code: string): string =>
    isClassified ? code.replaceAll(".", "").toUpperCase() : code;
  return codes.map((each) => {
    const [code, category] = typeof each === "string" ? [each, null] : each;
    const is = (other: string): boolean =>
      isClassified && isPrefix
        ? plain(other).startsWith(plain(code))
        : plain(other) === plain(code);
    return { code, category, plain: plain(code), is };
  });
}

/** Of a code that is written twice the first; of several that it is, the lowest. */
function lowestOf(entries: readonly Entry[], code: string | null): Entry | null {
  if (code === null) return null;
  return lower(entries.filter((entry) => entry.is(code)));
}

function lower(all: readonly Entry[]): Entry | null {
  const [first, ...others] = all;
  if (first === undefined) return null;
  return others.reduce((best, each) => (compare(each.plain, best.plain) < 0 ? each : best), first);
}

interface Lists {
  readonly sources: ReadonlyMap<number, Entry>;
  readonly standards: ReadonlyMap<number, Entry>;
  readonly isOfList: (source: number | null) => boolean;
}

function lookedUp(
  asked: Asked,
  { system, descendants }: Codelist,
  { entries, declared, isMedication }: Use & { readonly entries: readonly Entry[] },
): Lists {
  const concepts = rowsOf(asked, "concept");
  const given = system ?? "snomed";
  const named = vocabulariesOf(given, { declared, isMedication: isMedication ?? false });
  const sources = new Map<number, Entry>();
  const vocabularies = new Set(named);
  for (const concept of concepts) {
    const id = whole(concept, "concept_id") ?? 0;
    const vocabulary = text(concept, "vocabulary_id") ?? "";
    const code = given === "omop" ? String(id) : text(concept, "concept_code");
    if (given !== "omop" && !named.includes(vocabulary)) continue;
    const listed = lowestOf(entries, code);
    if (listed === null) continue;
    sources.set(id, listed);
    vocabularies.add(vocabulary);
  }
  const standards = standardsOf(asked, sources, descendants ?? declared.descendants ?? false);
  const vocabularyOf = (source: number | null): string | null => {
    const own = concepts.find((each) => whole(each, "concept_id") === source) ?? null;
    return source === null ? null : text(own, "vocabulary_id");
  };
  const isOfList = (source: number | null) => vocabularies.has(vocabularyOf(source) ?? "none");
  return { sources, standards, isOfList };
}

function vocabulariesOf(
  system: string,
  { declared, isMedication }: { readonly declared: Declared; readonly isMedication: boolean },
): readonly string[] {
  if (system === "omop") return [];
  const said = declared.vocabularies ?? {};
  const usual = isMedication && system === "snomed" ? "dmd" : system;
  return said[system] ?? said[usual] ?? VOCABULARIES[usual] ?? [];
}

/** What the concepts are, what they are mapped to, and what is below. */
function standardsOf(
  asked: Asked,
  sources: ReadonlyMap<number, Entry>,
  descendants: boolean,
): ReadonlyMap<number, Entry> {
  const found: (readonly [number, Entry])[] = [...sources];
  for (const link of rowsOf(asked, "concept_relationship")) {
    const from = sources.get(whole(link, "concept_id_1") ?? 0);
    const to = whole(link, "concept_id_2") ?? 0;
    const isValid = (text(link, "invalid_reason") ?? "") === "";
    if (from === undefined || to === 0 || !isValid) continue;
    if (text(link, "relationship_id") === "Maps to") found.push([to, from]);
  }
  const below = (descendants ? rowsOf(asked, "concept_ancestor") : []).flatMap((row) => {
    const above = whole(row, "ancestor_concept_id");
    const under = whole(row, "descendant_concept_id") ?? 0;
    return found.flatMap(([id, listed]) => (id === above ? [[under, listed] as const] : []));
  });
  const standards = new Map<number, Entry>();
  for (const [id, listed] of [...found, ...below]) {
    standards.set(id, lower([listed, standards.get(id) ?? listed]) ?? listed);
  }
  return standards;
}
