/** The files that views and macros of a database read, as far as their text tells. */
import type { DuckDb } from "../../duckdb/duckdb.ts";
import { DuckDbError } from "../../duckdb/duckdb-error.ts";
import { byCodePoint } from "../../base/value-types.ts";
import { duckdb } from "../../sql/dialects/duckdb.ts";
import { sql } from "../../text/sql.ts";

/** Table functions whose first argument names the files. */
const READERS =
  /^(?:read_parquet|parquet_scan|read_csv|read_csv_auto|read_json|read_json_auto|read_json_objects|read_json_objects_auto|read_ndjson|read_ndjson_auto|read_ndjson_objects|read_text|read_blob|glob)$/i;

/** Table functions that read nothing. */
const PLAIN = /^(?:range|generate_series|unnest|repeat|repeat_row|pragma_\w+|duckdb_\w+)$/i;

/** What `json_serialize_sql` makes of a statement. */
type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** Null where it cannot be known: a name that is worked out, a function that may read anything. */
export async function patternsOfViews(db: DuckDb): Promise<readonly string[] | null> {
  const defined = (await hasViews(db)) ? await definedIn(db) : [];
  const named = new Set(defined.map(({ name }) => name.toLowerCase()));
  const patterns = new Set<string>();
  for (const { kind, text } of defined) {
    if (kind === "table") continue;
    const query = queryOf(kind, text);
    const found = query === null ? null : await patternsIn(db, query, named);
    if (found === null) return null;
    for (const pattern of found) patterns.add(pattern);
  }
  return [...patterns];
}

/** Sorted; null where a pattern leads to where nothing can be seen. */
export async function filesMatching(
  db: DuckDb,
  patterns: readonly string[],
): Promise<readonly string[] | null> {
  const files = new Set<string>();
  for (const pattern of patterns) {
    const matched = await matching(db, pattern);
    if (matched === null) return null;
    for (const file of matched) files.add(file);
  }
  return [...files].sort(byCodePoint);
}

/** Without a view no macro is run either, and DuckDB need not go through all its functions for them. */
async function hasViews(db: DuckDb): Promise<boolean> {
  const views = await db.rows(
    sql`SELECT 1 FROM duckdb_views() WHERE database_name = 'records' LIMIT 1`,
  );
  return views.length > 0;
}

interface Defined {
  /** "table", "view", or what DuckDB calls a macro. */
  readonly kind: string;
  readonly name: string;
  /** What defines it; empty for a table. */
  readonly text: string;
}

/** Tables, views and macros of the database, in one question. */
async function definedIn(db: DuckDb): Promise<readonly Defined[]> {
  const rows = await db.rows(
    sql`SELECT 'table' AS kind, table_name AS name, '' AS text FROM duckdb_tables() WHERE database_name = 'records' UNION ALL SELECT 'view', view_name, sql FROM duckdb_views() WHERE database_name = 'records' UNION ALL SELECT function_type, function_name, macro_definition FROM duckdb_functions() WHERE database_name = 'records'`,
  );
  return rows.map(({ kind, name, text }) => ({
    kind: String(kind),
    name: String(name),
    text: String(text),
  }));
}

/** Null for a text that is not of a known shape. */
function queryOf(kind: string, text: string): string | null {
  if (kind === "view") return queryOfView(text);
  return kind === "table_macro" ? text : `SELECT ${text}`;
}

const NAME = String.raw`(?:"(?:[^"]|"")*"|[^\s"(.]+)`;
const VIEW = new RegExp(
  String.raw`^CREATE (?:OR REPLACE )?VIEW (?:IF NOT EXISTS )?${NAME}(?:\.${NAME})*\s*(?:\((?:[^"()]|"(?:[^"]|"")*")*\))? AS (.*)$`,
  "s",
);

function queryOfView(sql: string): string | null {
  return VIEW.exec(sql)?.[1]?.replace(/;\s*$/, "") ?? null;
}

async function patternsIn(
  db: DuckDb,
  query: string,
  named: ReadonlySet<string>,
): Promise<readonly string[] | null> {
  const [row] = await db.rows(sql`SELECT json_serialize_sql(${duckdb.text(query)}) AS tree`);
  const tree = JSON.parse(String(row?.["tree"])) as Json;
  if (!isObject(tree) || tree["error"] !== false) return null;
  const patterns: string[] = [];
  for (const node of objectsIn(tree)) {
    const found = patternsOfNode(node, named);
    if (found === null) return null;
    patterns.push(...found);
  }
  return patterns;
}

type JsonObject = Readonly<Record<string, Json>>;

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function* objectsIn(value: Json): Generator<JsonObject> {
  if (typeof value !== "object" || value === null) return;
  if (isObject(value)) yield value;
  for (const inner of Object.values(value) as readonly Json[]) yield* objectsIn(inner);
}

function patternsOfNode(node: JsonObject, named: ReadonlySet<string>): readonly string[] | null {
  const { type, table_name: table } = node;
  if (type === "BASE_TABLE" && typeof table === "string") {
    // A name with a point or a slash that is no table is a file.
    return named.has(table.toLowerCase()) || !/[./]/.test(table) ? [] : [table];
  }
  const called = node["function"];
  if (type !== "TABLE_FUNCTION" || !isObject(called)) return [];
  const name = called["function_name"];
  if (typeof name !== "string") return null;
  if (named.has(name.toLowerCase()) || PLAIN.test(name)) return [];
  const [first] = (called["children"] ?? []) as readonly Json[];
  return READERS.test(name) ? constantTexts(first) : null;
}

/** A text, or a list of texts. */
function constantTexts(argument: Json | undefined): readonly string[] | null {
  if (!isObject(argument)) return null;
  const { value } = argument;
  if (argument["type"] === "VALUE_CONSTANT" && isObject(value)) {
    return typeof value["value"] === "string" ? [value["value"]] : null;
  }
  if (argument["function_name"] !== "list_value") return null;
  const texts = ((argument["children"] ?? []) as readonly Json[]).map(constantTexts);
  return texts.includes(null) ? null : texts.flatMap((each) => each ?? []);
}

async function matching(db: DuckDb, pattern: string): Promise<readonly string[] | null> {
  try {
    const rows = await db.rows(sql`SELECT file FROM glob(${duckdb.text(pattern)})`);
    return rows.map(({ file }) => String(file));
  } catch (error) {
    if (error instanceof DuckDbError && error.kind !== "INTERRUPT") return null;
    throw error;
  }
}
