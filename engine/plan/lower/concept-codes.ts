/** Codelists of a study on records whose codes are concepts of vocabularies. */
import { byCodePoint } from "../../base/value-types.ts";
import type { CheckedColumn } from "../../definition/checked-study.ts";
import { standardMatches } from "../../definition/codelists/code-match.ts";
import { areCategorised } from "../../definition/codelists/make-codelist.ts";
import type { CategorisedCode } from "../../definition/codelists/make-codelist.ts";
import type { Codelist } from "../../definition/model.ts";
import { plainSystems, usualVocabularies } from "../../schema/vocabulary-settings.ts";
import type { VocabularySettings } from "../../schema/vocabulary-settings.ts";
import type { AskedCodelist, ListedConcept, ResolvedCodelist } from "../concept-lists.ts";
import { compare, field, integer, text } from "../model/value.ts";
import type { Test, Value } from "../model/value.ts";
import { problem } from "../problems.ts";
import { inCodelist } from "./dated-rows.ts";
import type { ListedCodes } from "./listed-codes.ts";
import type { Lowering } from "./lowering.ts";

/** What of a codelist its place in a function settles. */
export interface ConceptUse {
  readonly isMedication?: boolean;
  readonly isPrefix?: boolean;
}

type Asking = Pick<CheckedColumn, "name">;

export function conceptCodes(
  column: Asking,
  codelist: Codelist,
  use: ConceptUse,
  to: Lowering,
): ListedCodes {
  const settings = settingsOf(codelist, to);
  if (codelist.descendants === true && !standardMatches.includes(settings.match)) {
    const { study, provider } = to.facts;
    const facts = { study: study.name, column: column.name, provider: provider.described };
    to.problems.push(problem("codelist-descendants", { ...facts, match: settings.match }));
  }
  const asked = askedCodelist(column, codelist, { ...use, settings }, to);
  if (settings.match === "source_value") return textCodes(codelist, asked, to);
  const found = to.resolve(asked);
  return keyedCodes(found, { ...settings, written: writtenCodes(codelist, asked) }, to);
}

/** As the codelist has them, by what is compared. */
function writtenCodes(
  { codes }: Codelist,
  { isPlain }: AskedCodelist,
): ReadonlyMap<string, string> {
  const written = new Map<string, string>();
  for (const each of codes) {
    const code = typeof each === "string" ? each : each[0];
    const key = comparedCode(code, isPlain);
    if (!written.has(key)) written.set(key, code);
  }
  return written;
}

function comparedCode(code: string, isPlain: boolean): string {
  return isPlain ? code.replaceAll(".", "").toUpperCase() : code;
}

/** Of the records, unless the codelist says otherwise. */
function settingsOf({ match, descendants, system }: Codelist, to: Lowering): VocabularySettings {
  const { vocabularies } = to.facts.provider;
  if (vocabularies === undefined) throw new Error("records without vocabularies");
  return {
    ...vocabularies,
    ...(match === undefined ? {} : { match }),
    descendants:
      descendants ?? vocabularies.descendantsOf[system ?? ""] ?? vocabularies.descendants,
  };
}

function askedCodelist(
  { name }: Asking,
  { system, codes, files = [] }: Codelist,
  use: ConceptUse & { readonly settings: VocabularySettings },
  to: Lowering,
): AskedCodelist {
  const isPlain = plainSystems.has(system ?? "");
  const { isPrefix = false, settings } = use;
  const vocabularies = vocabulariesOf(system ?? "snomed", use);
  if (vocabularies === null) {
    const { study, provider } = to.facts;
    const known = [...Object.keys(usualVocabularies), "omop"];
    const isMapped = provider.mapping !== undefined;
    const facts = { study: study.name, column: name, provider: provider.described, isMapped };
    to.problems.push(
      problem("codelist-without-vocabulary", { ...facts, system: system ?? "", known }),
    );
  }
  return {
    column: name,
    system: system ?? "snomed",
    files,
    vocabularies: vocabularies ?? [],
    codes: distinct(codes, isPlain),
    isPlain,
    isPrefix,
    descendants: settings.descendants,
  };
}

/** None for ids of concepts; null where nobody says where the codes are. Medicines of SNOMED CT are those of dm+d. */
function vocabulariesOf(
  system: string,
  { settings: { systems }, isMedication }: ConceptUse & { readonly settings: VocabularySettings },
): readonly string[] | null {
  if (system === "omop") return [];
  const usual = isMedication === true && system === "snomed" ? "dmd" : system;
  return systems[system] ?? systems[usual] ?? usualVocabularies[usual] ?? null;
}

function distinct(codes: Codelist["codes"], isPlain: boolean): readonly CategorisedCode[] {
  const pairs = areCategorised(codes) ? codes : codes.map((code) => [code, ""] as const);
  const found = new Map<string, string>();
  for (const [code, category] of pairs) {
    const key = comparedCode(code, isPlain);
    if (!found.has(key)) found.set(key, category);
  }
  return [...found].sort(([a], [b]) => byCodePoint(a, b));
}

/** By the text as it was recorded. */
function textCodes(codelist: Codelist, asked: AskedCodelist, to: Lowering): ListedCodes {
  const { isPlain, isPrefix } = asked;
  const of = field(isPlain ? "plain_source_text" : "source_text");
  const list = to.codes(isPlain ? asked.codes : codelist.codes, isPlain);
  const written = [...writtenCodes(codelist, asked)];
  return {
    test: { kind: "in-codelist", of, codelist: list, how: isPrefix ? "begins" : "equal" },
    get code(): Value {
      return isPlain ? { kind: "category", of, codelist: to.codes(written, true) } : of;
    },
    category: { kind: "category", of, codelist: list },
  };
}

const source = field("source_concept");

/** A standard concept is told from a source concept by its sign. */
const standard: Value = {
  kind: "arithmetic",
  operator: "-",
  integer: true,
  left: integer(0),
  right: field("standard_concept"),
};

/** One number of a row tells whether its code is in the list: its source concept, or less than 0 its standard concept. */
function keyedCodes(
  found: ResolvedCodelist,
  {
    match,
    descendants,
    written,
  }: VocabularySettings & { readonly written: ReadonlyMap<string, string> },
  to: Lowering,
): ListedCodes {
  const sources = match === "standard" ? [] : found.sources;
  const standards = match === "source" ? [] : found.standards;
  const keyed = [...sources, ...standards.map((each) => ({ ...each, concept: -each.concept }))];
  const list = to.numbers(pairs(keyed, ({ category }) => category));
  const codes = (): string => to.numbers(pairs(keyed, ({ code }) => written.get(code) ?? code));
  const keys = keysOf(found, { match, descendants });
  return {
    test: eitherOf(keys.map((of) => inCodelist(of, list))),
    get code() {
      return firstOf(keys, codes());
    },
    category: firstOf(keys, list),
  };
}

function keysOf(
  { vocabularies }: ResolvedCodelist,
  { match, descendants }: Pick<VocabularySettings, "match" | "descendants">,
): readonly Value[] {
  if (match === "source") return [source];
  if (match === "standard") return [standard];
  // What is below a concept is asked of all rows, whatever their own codes are.
  if (descendants) return [source, standard];
  const own = vocabularies.map((name) =>
    compare(field("source_vocabulary"), "=", text(name), "exact"),
  );
  if (own.length === 0) return [standard];
  return [{ kind: "choose", cases: [{ when: eitherOf(own), then: source }], otherwise: standard }];
}

function eitherOf(tests: readonly Test[]): Test {
  const [only, ...others] = tests;
  return only !== undefined && others.length === 0 ? only : { kind: "any", of: tests };
}

function firstOf(keys: readonly Value[], codelist: string): Value {
  const [first, ...others] = keys.map((of): Value => ({ kind: "category", of, codelist }));
  if (first === undefined) throw new Error("no key");
  return others.reduce((of, otherwise): Value => ({ kind: "coalesce", of, otherwise }), first);
}

function pairs(
  concepts: readonly ListedConcept[],
  shown: (concept: ListedConcept) => string,
): readonly CategorisedCode[] {
  return concepts.map((each) => [String(each.concept), shown(each)] as const);
}
