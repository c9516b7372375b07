/** The columns that a reader could see in a text: of a table, a page, JSON, or lines of any kind. */
import { csvRows } from "../text/csv-rows.ts";
import { jsonColumns } from "./json-columns.ts";
import { markupColumns } from "./markup-columns.ts";
import { columnsOf } from "./text-column.ts";
import type { TextColumn } from "./text-column.ts";

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

function separatedColumns(
  lines: readonly string[],
  separator: string | RegExp,
): readonly TextColumn[] {
  const parted = (line: string): readonly string[] => line.trim().split(separator);
  return columnsOf(lines.map(parted));
}

/** As programs read csv: a quoted cell may hold commas and line ends. */
function quotedColumns(text: string): readonly TextColumn[] {
  return columnsOf(csvRows(text).map(({ cells }) => cells()));
}
