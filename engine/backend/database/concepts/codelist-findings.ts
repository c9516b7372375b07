/** What the vocabularies of records hold of codelists, counted, and of which release they are. */
import type { AskedCodelist } from "../../../plan/concept-lists.ts";
import { renderTable } from "../../../sql/render-table.ts";
import { sql } from "../../../text/sql.ts";
import type { VocabularyFound } from "../../backend.ts";
import type { CodelistCounts } from "../../codelist-counts.ts";
import type { Records } from "../records.ts";
import type { FoundConcept, LookedUp } from "./look-up-codes.ts";

/** Of codes that were looked up with what they share. */
export async function vocabularyFound(
  records: Records,
  asked: readonly AskedCodelist[],
  found: LookedUp,
): Promise<VocabularyFound> {
  const codelists = codelistFindings(asked, found).map(({ codelist, counts }) => {
    const { files, column, system, vocabularies } = codelist;
    return { files, columns: [column], system, vocabularies, counts };
  });
  return { release: await vocabularyRelease(records), codelists };
}

export interface CodelistFindings {
  readonly codelist: AskedCodelist;
  readonly counts: CodelistCounts;
  /** Codes that no vocabulary of the codelist's system has. */
  readonly missing: readonly string[];
}

/** In the order of the codelists. */
export function codelistFindings(
  asked: readonly AskedCodelist[],
  found: LookedUp,
): readonly CodelistFindings[] {
  const there = codesByList(found.codes);
  const retired = codesByList(found.codes.filter(({ isRetired }) => isRetired));
  const mapped = codesByList(found.mapped);
  const shared = codesByList(found.shared);
  return asked.map((codelist, list) => {
    const codes = codelist.codes.map(([code]) => code);
    const missing = codes.filter((code) => there.get(list)?.has(code) !== true);
    const own = codes.length - missing.length;
    const counts = {
      ...{ codes: codes.length, found: own, missing: missing.length },
      retired: retired.get(list)?.size ?? 0,
      unmapped: own - (mapped.get(list)?.size ?? 0),
      shared: shared.get(list)?.size ?? 0,
    };
    return { codelist, counts, missing };
  });
}

function codesByList(
  all: readonly Pick<FoundConcept, "list" | "code">[],
): ReadonlyMap<number, ReadonlySet<string>> {
  const lists = new Map<number, Set<string>>();
  for (const { list, code } of all) {
    const known = lists.get(list) ?? new Set();
    lists.set(list, known.add(code));
  }
  return lists;
}

/** Null where the records do not tell, or tell of several: then they answer all the same. */
async function vocabularyRelease(records: Records): Promise<string | null> {
  const { provider, dialect, session, tables, ready } = records;
  const [source] = provider.provides.record_sources ?? [];
  const held = source === undefined ? undefined : tables.get(source.table.toLowerCase());
  if (held?.some(({ name }) => name.toLowerCase() === "vocabulary_version") !== true) return null;
  const fields = ["vocabulary_version"];
  const isReady = await ready([{ table: "record_sources", fields, columns: [] }]).then(
    () => true,
    () => false,
  );
  if (!isReady) return null;
  const from = renderTable("record_sources", fields, { provider, dialect, range: null });
  const rows = await session.rows(
    sql`SELECT DISTINCT s.vocabulary_version AS release FROM (${from}) s`,
  );
  const release = rows.length === 1 ? rows[0]?.["release"] : null;
  return typeof release === "string" && release !== "" ? release : null;
}
