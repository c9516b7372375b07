/**
 * Texts and names as SQL Server reads them. Every text of ours has one collation, the binary one that the code columns of
 * a TPP database have: texts are then told apart exactly, whatever the database would do by itself, and none of
 * records is of another collation than one of a temporary table (error 468).
 */
import { createHash } from "node:crypto";
import { joinSql, literal, sql, trustedSql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

const COLLATION = sql`COLLATE Latin1_General_BIN`;

export function exactly(of: Sql): Sql {
  return sql`${of} ${COLLATION}`;
}

/** `varchar` where one byte for each character is enough: a column of such is not made wider to be compared. */
export function textType(texts: Iterable<string>): Sql {
  let longest = 1;
  let isPlain = true;
  for (const text of texts) {
    longest = Math.max(longest, text.length);
    isPlain &&= PLAIN.test(text);
  }
  const most = isPlain ? 8000 : 4000;
  const length = longest > most ? sql`max` : sql`${longest}`;
  return exactly(isPlain ? sql`varchar(${length})` : sql`nvarchar(${length})`);
}

/** Of characters that every code page has at the same place. */
const PLAIN = /^[\0-\x7e]*$/;

export function text(value: string): Sql {
  return exactly(literalOf(value));
}

function literalOf(value: string): Sql {
  const runs = value.match(RUNS) ?? [];
  if (runs.every((run) => !CONTROL.test(run))) return quoted(value);
  return joined(runs.map((run) => (CONTROL.test(run) ? repeated(run) : quoted(run))));
}

/**
 * Control characters are told by their numbers: a backslash before the end of a line would join two lines, and tools
 * end a batch at a line that says GO, even inside a text.
 */
const CONTROL = /^\p{Cc}/u;
const RUNS = /(\p{Cc})\1*|\P{Cc}+/gu;

function quoted(value: string): Sql {
  const plain = literal(value);
  return PLAIN.test(value) ? plain : sql`N${plain}`;
}

function repeated(run: string): Sql {
  const number = run.charCodeAt(0);
  const isPlain = PLAIN.test(run);
  const character = isPlain ? sql`CHAR(${number})` : sql`NCHAR(${number})`;
  const long = isPlain ? sql`varchar(max)` : sql`nvarchar(max)`;
  return run.length === 1
    ? character
    : sql`REPLICATE(CAST(${character} AS ${long}), ${run.length})`;
}

const MOST_PARTS = 200;

/** CONCAT takes 254 parts; what it makes is cut at 8,000 bytes unless a part may be longer. */
function joined(parts: readonly Sql[]): Sql {
  if (parts.length > MOST_PARTS) {
    const groups = Array.from({ length: Math.ceil(parts.length / MOST_PARTS) }, (_, i) =>
      joined(parts.slice(i * MOST_PARTS, (i + 1) * MOST_PARTS)),
    );
    return joined(groups);
  }
  return sql`CONCAT(CAST('' AS varchar(max)), ${joinSql(parts, ", ")})`;
}

/** A name has 128 characters at most: a longer one is told by its beginning and a checksum of the whole. */
export function quoteName(name: string): Sql {
  const whole = name.replaceAll("\0", "\u2400");
  const checksum = createHash("sha256").update(whole).digest("hex").slice(0, 16);
  const short =
    whole.length <= 128
      ? whole
      : `${whole.slice(0, 110).replace(/[\ud800-\udbff]$/, "")} ${checksum}`;
  // Inside brackets only the closing one has a meaning.
  return trustedSql(`[${short.replaceAll("]", "]]")}]`);
}

/** A text without the meaning that patterns give to its characters. */
export function asPattern(part: Sql): Sql {
  return sql`REPLACE(REPLACE(REPLACE(${part}, '[', '[[]'), '%', '[%]'), '_', '[_]')`;
}
