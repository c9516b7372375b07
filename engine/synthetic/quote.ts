/** The only places where a name or a text becomes part of SQL. Proved in test/synthetic/quote.test.ts. */

/** An identifier, whatever is in it. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text literal. A NUL cannot be part of a text that DuckDB is sent; it is dropped. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("\0", "").replaceAll("'", "''")}'`;
}

/** A list of texts. */
export function quoteTexts(texts: readonly string[]): string {
  return `[${texts.map(quoteText).join(", ")}]`;
}
