/** How the dates of a parquet file that this engine wrote are shown. */
import { dateFormats } from "../../base/dates.ts";
import type { DateFormat } from "../../base/dates.ts";
import type { DuckDb } from "../../duckdb/duckdb.ts";
import { DATE_FORMATS, quotedText } from "./parquet-sql.ts";

/** By column; without a format, as in files of others, the whole day. */
export async function dateFormatsOf(
  db: DuckDb,
  file: string,
): Promise<(column: string) => DateFormat> {
  const kept = await db.rows(
    `SELECT decode(value) AS formats FROM parquet_kv_metadata(${quotedText(file)})
     WHERE key = ${quotedText(DATE_FORMATS)}::BLOB`,
  );
  const json = kept[0]?.["formats"];
  const formats = entriesOf(typeof json === "string" ? json : "");
  return (column) => dateFormats.find((format) => format === formats.get(column)) ?? "YYYY-MM-DD";
}

/** Metadata of others can have the same key. */
function entriesOf(json: string): ReadonlyMap<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    return new Map(value !== null && typeof value === "object" ? Object.entries(value) : []);
  } catch {
    return new Map();
  }
}
