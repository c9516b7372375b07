/**
 * Splits comma-separated text into rows (RFC 4180). Runs inside the sandbox, where csv-parse is not at
 * home: plain JavaScript only.
 */

export interface CsvRow {
  /** Where it begins, from 1; a quoted value can run over several lines. */
  readonly line: number;
  readonly values: readonly string[];
}

export interface SplitCsv {
  readonly rows: readonly CsvRow[];
  /** The line of a quoted value that does not end properly; splitting stops there. */
  readonly brokenQuote: number | null;
}

/** One value and what ends it. Nothing but blanks may follow a closing quote. */
const VALUE = /(?:"([^"]*(?:""[^"]*)*)"[ \t]*|([^",\n][^,\n]*)?)(,|\n|$)/y;

/**
 * Rows end with LF, CRLF or CR, which inside a quoted value all become LF. A byte order mark is skipped,
 * and so are rows without any character.
 */
export function splitCsv(text: string): SplitCsv {
  const plain = text.replace(/^\uFEFF/, "").replaceAll(/\r\n?/g, "\n");
  const rows: CsvRow[] = [];
  let at = 0;
  for (let line = 1; at < plain.length;) {
    const { values, lines, end } = rowAt(plain, at);
    if (values === null) return { rows, brokenQuote: line + lines };
    if (values.length > 1 || values[0] !== "") rows.push({ line, values });
    line += lines;
    at = end;
  }
  return { rows, brokenQuote: null };
}

interface Row {
  /** null if a quote in it does not end properly, `lines` after its beginning. */
  readonly values: readonly string[] | null;
  /** How many lines it takes. */
  readonly lines: number;
  /** Where the next row begins. */
  readonly end: number;
}

/** Most lines have no quotes, and splitting those at commas is several times faster than matching. */
function rowAt(text: string, at: number): Row {
  const found = text.indexOf("\n", at);
  const stop = found === -1 ? text.length : found;
  const line = text.slice(at, stop);
  return line.includes('"')
    ? quotedRowAt(text, at)
    : { values: line.split(","), lines: 1, end: stop + 1 };
}

function quotedRowAt(text: string, at: number): Row {
  const values: string[] = [];
  let lines = 0;
  VALUE.lastIndex = at;
  for (;;) {
    const match = VALUE.exec(text);
    if (match === null) return { values: null, lines, end: text.length };
    const [, quoted, plain = "", end] = match;
    values.push(quoted?.replaceAll('""', '"') ?? plain);
    lines += (quoted?.split("\n").length ?? 1) - 1;
    if (end !== ",") return { values, lines: lines + 1, end: VALUE.lastIndex };
  }
}
