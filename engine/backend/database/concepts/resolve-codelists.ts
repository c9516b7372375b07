/** Codelists of a study as concepts of the records that will answer. */
import { byCodePoint } from "../../../base/value-types.ts";
import type {
  AskedCodelist,
  ListedConcept,
  ResolvedCodelist,
} from "../../../plan/concept-lists.ts";
import { keyOf } from "../../../plan/concept-lists.ts";
import { sql } from "../../../text/sql.ts";
import type { HearVocabulary } from "../../backend.ts";
import { vocabularyFound } from "./codelist-findings.ts";
import { fail } from "./problems.ts";
import type { Records } from "../records.ts";
import { conceptsTable, lookUpCodes } from "./look-up-codes.ts";
import type { FoundConcept, LookedUp } from "./look-up-codes.ts";

export type ResolvedCodelists = ReadonlyMap<string, ResolvedCodelist>;

/** By `keyOf`. Looks for codes that share their standard concept only where somebody hears of it. Problems: those of `foundCodes`. */
export async function resolveCodelists(
  records: Records,
  asked: readonly AskedCodelist[],
  hear?: HearVocabulary,
): Promise<ResolvedCodelists> {
  if (asked.length === 0) return new Map();
  const found = await foundCodes(records, asked, hear !== undefined);
  hear?.(await vocabularyFound(records, asked, found));
  return new Map(asked.map((each, list) => [keyOf(each), resolved(each, list, found)]));
}

/** Problems: codelist-no-concepts, codelist-not-in-vocabulary, vocabulary-empty. */
export async function foundCodes(
  records: Records,
  asked: readonly AskedCodelist[],
  tellsShared: boolean,
): Promise<LookedUp> {
  asked.forEach(refuseOddConcepts);
  const found = await lookUpCodes(records, asked, tellsShared);
  await refuseMissing(records, asked, found);
  return found;
}

const SHOWN = 3;

/** Concept 0 stands for what no vocabulary has. */
function refuseOddConcepts({ column, system, codes }: AskedCodelist): void {
  if (system !== "omop") return;
  const odd = codes.map(([code]) => code).filter((code) => !/^[1-9]\d{0,9}$/.test(code));
  if (odd.length === 0) return;
  const [shown, more] = [odd.slice(0, SHOWN), Math.max(0, odd.length - SHOWN)];
  fail("codelist-no-concepts", { column, codes: shown, more });
}

async function refuseMissing(
  { session, ...records }: Records,
  asked: readonly AskedCodelist[],
  { codes }: LookedUp,
): Promise<void> {
  const found = new Set(codes.map(({ list }) => list));
  const missing = asked.filter((_, list) => !found.has(list));
  if (missing.length === 0 || records.provider.vocabularies?.allowEmpty === true) return;
  const rows = await session.rows(
    sql`SELECT c.vocabulary, count(*) AS n FROM ${conceptsTable({ session, ...records })} GROUP BY c.vocabulary`,
  );
  const isMapped = records.provider.mapping !== undefined;
  if (rows.length === 0) fail("vocabulary-empty", { isMapped });
  const loaded = rows.map((row) => String(row["vocabulary"])).sort(byCodePoint);
  const lists = missing.map(({ column, system, vocabularies, files }) => {
    return { column, system, vocabularies, file: files[0]?.file ?? null };
  });
  fail("codelist-not-in-vocabulary", { lists, loaded, isMapped });
}

function resolved(
  { codes, vocabularies, system }: AskedCodelist,
  list: number,
  found: LookedUp,
): ResolvedCodelist {
  const categories = new Map(codes);
  const ofList = <T extends FoundConcept>(all: readonly T[]): readonly T[] =>
    all.filter((each) => each.list === list);
  const own = ofList(found.codes);
  const isById = system === "omop";
  return {
    vocabularies: isById ? [...new Set(own.map(({ vocabulary }) => vocabulary))] : vocabularies,
    sources: eachOnce(own, categories),
    standards: eachOnce([...own, ...ofList(found.mapped), ...ofList(found.below)], categories),
  };
}

/** What several codes come to is of the lowest code. */
function eachOnce(
  found: readonly FoundConcept[],
  categories: ReadonlyMap<string, string>,
): readonly ListedConcept[] {
  const lowest = new Map<number, string>();
  for (const { concept, code } of found) {
    const known = lowest.get(concept);
    if (known === undefined || byCodePoint(code, known) < 0) lowest.set(concept, code);
  }
  return [...lowest]
    .sort(([a], [b]) => a - b)
    .map(([concept, code]) => ({ concept, code, category: categories.get(code) ?? "" }));
}
