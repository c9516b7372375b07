/** Which concepts the codes of codelists are in the vocabularies of records, and what those are mapped to. */
import { foldText } from "../../../base/fold-text.ts";
import type { AskedCodelist } from "../../../plan/concept-lists.ts";
import type { LookupTable } from "../../../schema/contract.ts";
import type { TableUse } from "../../../schema/physical-needs.ts";
import { plainQuery } from "../../../sql/query.ts";
import { renderTable } from "../../../sql/render-table.ts";
import { joinSql, sql, word } from "../../../text/sql.ts";
import type { Sql } from "../../../text/sql.ts";
import type { Records } from "../records.ts";
import type { SmallRow } from "../session.ts";

/** A concept that a code of a codelist is, or is mapped to. */
export interface FoundConcept {
  /** The number of the codelist, from 0. */
  readonly list: number;
  readonly code: string;
  readonly concept: number;
}

export interface FoundCode extends FoundConcept {
  readonly vocabulary: string;
  readonly isRetired: boolean;
}

export interface LookedUp {
  readonly codes: readonly FoundCode[];
  /** What the found concepts are mapped to. */
  readonly mapped: readonly FoundConcept[];
  /** What is below these and those, of codelists that ask for it. */
  readonly below: readonly FoundConcept[];
  /** Codes that share their standard concept with codes outside the codelist; none where nobody asks. */
  readonly shared: readonly Pick<FoundConcept, "list" | "code">[];
}

const CODES = "wanted_codes";
const CONCEPTS = "wanted_concepts";
const FOUND = "found_concepts";

type Asking = Pick<Records, "session" | "dialect" | "provider" | "ready">;

export async function lookUpCodes(
  records: Asking,
  asked: readonly AskedCodelist[],
  tellsShared = false,
): Promise<LookedUp> {
  const { session, dialect } = records;
  const goesBelow = asksBelow(asked);
  await records.ready(vocabularyUses(asked));
  await upload(records, asked);
  try {
    await session.run(dialect.keep(FOUND, plainQuery(foundConcepts(records, asked))));
    const codes = await session.rows(
      sql`SELECT f.list, f.code, f.concept, f.vocabulary, f.retired FROM ${dialect.keptTable(FOUND)} f`,
    );
    const mapped = await session.rows(mappedTo(records));
    const below = goesBelow ? await session.rows(belowThem(records)) : [];
    const shared = tellsShared ? await session.rows(sharingCodes(records)) : [];
    return {
      codes: codes.map((row) => ({
        ...foundIn(row),
        vocabulary: String(row["vocabulary"]),
        isRetired: Number(row["retired"]) === 1,
      })),
      mapped: mapped.map(foundIn),
      shared: shared.map((row) => ({ list: Number(row["list"]), code: String(row["code"]) })),
      below: below.map(foundIn).filter(({ list }) => asked[list]?.descendants === true),
    };
  } finally {
    for (const name of [FOUND, CODES, CONCEPTS]) {
      await session.run(dialect.discard(name)).catch(() => undefined);
    }
  }
}

const asksBelow = (asked: readonly AskedCodelist[]): boolean =>
  asked.some(({ descendants }) => descendants);

export function vocabularyUses(asked: readonly AskedCodelist[]): readonly TableUse[] {
  const use = (table: LookupTable, ...fields: readonly string[]) => ({
    table,
    fields,
    columns: [],
  });
  return [
    use("concepts", "concept", "vocabulary", "code", "plain_code", "invalid_reason"),
    use("concept_links", "from_concept", "to_concept", "invalid_reason"),
    ...(asksBelow(asked) ? [use("concept_ancestors", "ancestor", "descendant")] : []),
  ];
}

function foundIn(row: SmallRow): FoundConcept {
  return {
    list: Number(row["list"]),
    code: String(row["code"]),
    concept: Number(row["concept"]),
  };
}

async function upload({ session }: Asking, asked: readonly AskedCodelist[]): Promise<void> {
  const codes = asked.flatMap(({ codes: pairs, vocabularies, isPlain }, list) =>
    vocabularies.flatMap((vocabulary) =>
      pairs.map(([code]) => [list, vocabulary, code, isPlain ? foldText(code) : code] as const),
    ),
  );
  const texts = { vocabulary: "text", code: "text", compared: "text" } as const;
  await session.upload({ name: CODES, columns: { list: "int", ...texts }, rows: codes });
  const concepts = asked.flatMap(({ codes: pairs, system }, list) =>
    system === "omop" ? pairs.map(([code]) => [list, code, Number(code)] as const) : [],
  );
  const columns = { list: "int", code: "text", concept: "int" } as const;
  await session.upload({ name: CONCEPTS, columns, rows: concepts });
}

function table({ provider, dialect }: Asking, name: LookupTable, fields: readonly string[]): Sql {
  return sql`(${renderTable(name, fields, { provider, dialect, range: null })})`;
}

/** Codes of each way of comparing by themselves: a join that tells them apart could not go by equality. */
function foundConcepts(records: Asking, asked: readonly AskedCodelist[]): Sql {
  const { dialect } = records;
  const fields = ["concept", "vocabulary", "code", "plain_code", "invalid_reason"];
  const concepts = table(records, "concepts", fields);
  const shown = sql`w.list, w.code, c.concept, c.vocabulary, CASE WHEN c.invalid_reason IN ('D', 'U') THEN 1 ELSE 0 END AS retired`;
  const plain = dialect.fold(sql`c.plain_code`);
  const ways = [
    [(each: AskedCodelist) => !each.isPlain, sql`c.code = w.compared`],
    [(each: AskedCodelist) => each.isPlain && !each.isPrefix, sql`${plain} = w.compared`],
    [
      (each: AskedCodelist) => each.isPlain && each.isPrefix,
      sql`substr(${plain}, 1, ${dialect.length(sql`w.compared`)}) = w.compared`,
    ],
  ] as const;
  const parts = ways.flatMap(([isOne, on]) => {
    const lists = asked.flatMap((each, i) =>
      isOne(each) && each.system !== "omop" ? [sql`${i}`] : [],
    );
    if (lists.length === 0) return [];
    const wanted = sql`(SELECT * FROM ${dialect.keptTable(CODES)} a WHERE a.list IN (${joinSql(lists, ", ")}))`;
    return [
      sql`SELECT ${shown} FROM ${wanted} w JOIN ${concepts} c ON c.vocabulary = w.vocabulary AND ${on}`,
    ];
  });
  const byId = sql`SELECT ${shown} FROM ${dialect.keptTable(CONCEPTS)} w JOIN ${concepts} c ON c.concept = w.concept`;
  return joinSql([...parts, byId], " UNION ALL ");
}

const LINK = ["from_concept", "to_concept", "invalid_reason"];

/** Nothing is mapped to concept 0. */
const isValid = sql`(l.invalid_reason IS NULL OR l.invalid_reason = '') AND l.to_concept <> 0`;

/** Of a code outside the list, of the same vocabulary, that is mapped to the same. */
function sharingCodes(records: Asking): Sql {
  const { dialect } = records;
  const links = table(records, "concept_links", LINK);
  const found = dialect.keptTable(FOUND);
  const others = sql`(SELECT l.from_concept, l.to_concept, c.vocabulary FROM ${links} l JOIN ${table(records, "concepts", ["concept", "vocabulary"])} c ON c.concept = l.from_concept WHERE ${isValid})`;
  const parts = [
    sql`SELECT DISTINCT f.list, f.code FROM ${found} f JOIN ${links} l ON l.from_concept = f.concept`,
    sql`JOIN ${others} o ON o.to_concept = l.to_concept AND o.vocabulary = f.vocabulary`,
    sql`LEFT JOIN ${found} g ON g.list = f.list AND g.concept = o.from_concept`,
    sql`WHERE g.concept IS NULL AND ${isValid}`,
  ];
  return joinSql(parts, " ");
}

function mappedTo(records: Asking): Sql {
  const links = table(records, "concept_links", LINK);
  return sql`SELECT f.list, f.code, l.to_concept AS concept FROM ${records.dialect.keptTable(FOUND)} f JOIN ${links} l ON l.from_concept = f.concept WHERE ${isValid}`;
}

function belowThem(records: Asking): Sql {
  const found = sql`SELECT f.list, f.code, f.concept FROM ${records.dialect.keptTable(FOUND)} f`;
  const above = sql`(${joinSql([found, mappedTo(records)], " UNION ALL ")})`;
  const ancestors = table(records, "concept_ancestors", ["ancestor", "descendant"]);
  return sql`SELECT b.list, b.code, n.descendant AS concept FROM ${above} b JOIN ${ancestors} n ON n.ancestor = b.concept`;
}

export const conceptsTable = (records: Asking): Sql =>
  sql`${table(records, "concepts", ["vocabulary"])} ${word("c")}`;
