/** The columns that a reader could see in a text: of a table, a page, JSON, or lines of any kind. */
import { jsonColumns } from "./json-columns.ts";
import { markupColumns } from "./markup-columns.ts";
import { TableSplitter } from "./table-text.ts";

export interface TextColumn {
  /** Null where nothing names it. */
  readonly name: string | null;
  /** Without the name. */
  readonly values: readonly string[];
}

/** `type` is the extension of the file. */
export function textColumns(type: string, text: string): readonly TextColumn[] {
  const lines = text.split(LINE_END).filter((line) => line.trim() !== "");
  const columns = [
    ...(text.includes('"') ? quotedColumns(text) : []),
    ...SEPARATORS.flatMap((separator) => separatedColumns(lines, separator)),
  ];
  if (type === ".json") columns.push(...jsonColumns(text));
  if (/<(?:td|th|li|text)\b/i.test(text)) columns.push(...markupColumns(text));
  return columns;
}

const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;
/** The first is whole lines. Quotes mean nothing here, so that an odd one hides no row. */
const SEPARATORS = [/$^/, ",", "\t", ";", "|", /[ \u00a0]+/] as const;
const MOST_COLUMNS = 5_000;

function separatedColumns(
  lines: readonly string[],
  separator: string | RegExp,
): readonly TextColumn[] {
  const parted = (line: string): readonly string[] => line.trim().split(separator);
  return columnsOf(lines.map(parted));
}

/** As programs read csv: a quoted cell may hold commas and line ends. */
function quotedColumns(text: string): readonly TextColumn[] {
  const splitter = new TableSplitter();
  return columnsOf([...splitter.take(text), ...splitter.end()].map(({ cells }) => cells));
}

/** The first row may be names or not: it counts as names, and as nothing else. */
export function columnsOf(rows: readonly (readonly string[])[]): readonly TextColumn[] {
  const [header = [], ...body] = rows;
  const columns: string[][] = [];
  for (const row of body) {
    for (let i = 0; i < Math.min(row.length, MOST_COLUMNS); i++) {
      (columns[i] ??= []).push(row[i] ?? "");
    }
  }
  return columns.map((values, i) => ({ name: header[i]?.trim() ?? null, values }));
}
