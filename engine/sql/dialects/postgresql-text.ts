/**
 * Texts and names as PostgreSQL reads them. Every text of ours and of records has the collation "C": texts are then told
 * apart and ordered by their characters alone, whatever the database would do by itself.
 */
import { createHash } from "node:crypto";
import { identifier, literal, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

export function exactly(of: Sql): Sql {
  return sql`(${of} COLLATE "C")`;
}

/** There is no text with a NUL: a statement that has one stops with an error that says so. */
export function text(value: string): Sql {
  if (!value.includes("\0")) return exactly(literal(value));
  const bytes = `\\x${Buffer.from(value).toString("hex")}`;
  return exactly(sql`convert_from(CAST(${bytes} AS bytea), 'UTF8')`);
}

const MOST_BYTES = 63;

/** A longer name would be cut off, and could then be another's: it is told by its beginning and a checksum of the whole. */
export function quoteName(name: string): Sql {
  // A NUL takes three bytes when it is shown.
  if (Buffer.byteLength(name.replaceAll("\0", "\u2400")) <= MOST_BYTES) return identifier(name);
  const checksum = createHash("sha256").update(name).digest("hex").slice(0, 16);
  let short = "";
  for (const character of name.replaceAll("\0", "\u2400")) {
    if (Buffer.byteLength(short + character) > MOST_BYTES - 1 - checksum.length) break;
    short += character;
  }
  return identifier(`${short} ${checksum}`);
}

/**
 * Lower case of all alphabets, wherever the database stands. Most texts have only letters of ASCII, which take a fifth
 * of the time.
 */
export function lower(of: Sql): Sql {
  const plain = exactly(sql`lower(${exactly(of)})`);
  const other = exactly(sql`lower(${of} COLLATE "und-x-icu")`);
  return sql`CASE WHEN octet_length(${of}) = length(${of}) THEN ${plain} ELSE ${other} END`;
}
