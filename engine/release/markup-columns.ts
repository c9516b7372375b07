import type { TextColumn } from "./text-column.ts";

/** Columns of tables in a page, and what stands in its lists and in the texts of its pictures. */
export function markupColumns(markup: string): readonly TextColumn[] {
  const columns: { name: string | null; values: string[] }[] = [];
  for (const [table] of markup.matchAll(/<table\b[\s\S]*?(?:<\/table>|$)/gi)) {
    columns.push(...tableColumns(table));
  }
  for (const tag of ["li", "text", "p", "div", "span"]) {
    const values = held(markup, tag);
    if (values.length > 1) columns.push({ name: null, values });
  }
  return columns;
}

function tableColumns(table: string): { name: string | null; values: string[] }[] {
  const columns: { name: string | null; values: string[] }[] = [];
  for (const [row] of table.matchAll(/<tr\b[\s\S]*?(?=<tr\b|<\/tr>|<\/table>|$)/gi)) {
    const cells = [...row.matchAll(/<(t[dh])\b[^>]*>([\s\S]*?)(?=<t[dh]\b|<\/t[dhr]>|$)/gi)];
    cells.forEach(([, tag = "", text = ""], i) => {
      const column = (columns[i] ??= { name: null, values: [] });
      const shown = shownText(text);
      // Row labels are headings too: only the first one names a column.
      if (tag.toLowerCase() === "th" && column.name === null) column.name = shown;
      else column.values.push(shown);
    });
  }
  return columns;
}

function held(markup: string, tag: string): string[] {
  const inside = new RegExp(`<${tag}\\b[^>]*>([^<]*)<`, "gi");
  return Array.from(markup.matchAll(inside), ([, text = ""]) => shownText(text));
}

const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  nbsp: " ",
};

/** Without tags, and with characters in place of their numbers. */
export function shownText(markup: string): string {
  return markup
    .replace(/<[^>]*>/g, " ")
    .replace(/&#x([0-9a-f]{1,6});?/gi, (_, digits: string) => character(parseInt(digits, 16)))
    .replace(/&#(\d{1,7});?/g, (_, digits: string) => character(Number(digits)))
    .replace(/&([a-z]+);/gi, (whole, name: string) => NAMED[name.toLowerCase()] ?? whole)
    .trim();
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : "";
}
