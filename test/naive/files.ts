/** `with_value_from_file` and `which_exist_in_file`. */
import type { files } from "../../engine/definition/functions/files.ts";
import { parse } from "csv-parse/sync";
import { parseIsoDate } from "../../engine/base/dates.ts";
import type { AnswerFamily, Asked } from "./asked.ts";
import { flag, found, nothing } from "./found.ts";
import type { Found } from "./found.ts";
import { Refused } from "./refused.ts";

/** Blank = nothing. */
function valueFromFile(asked: Asked<"with_value_from_file">): Found {
  const line = lineOf(asked);
  const cell = line?.get(asked.column.args.returning) ?? "";
  return cell === "" ? nothing : found(typed(asked, cell));
}

function typed(asked: Asked, cell: string): string | number | null {
  switch (asked.column.type) {
    case "str":
      return cell;
    case "date":
      return parseIsoDate(cell) ?? unreadable(asked);
    default: {
      const number = Number(cell);
      return Number.isNaN(number) ? unreadable(asked) : number;
    }
  }
}

function unreadable({ column }: Asked): never {
  throw new Refused("unreadable-value", column.name);
}

export function idsInFile(text: string): readonly number[] {
  const [header = [], ...rows] = linesOf(text);
  const at = header.indexOf("patient_id");
  return rows.map((cells) => Number(cells[at]));
}

function linesOf(text: string): readonly (readonly string[])[] {
  return parse(text, { relax_column_count: true, skip_empty_lines: true });
}

/** The patient's line, cells by their header. */
function lineOf(asked: Asked<keyof typeof files>): ReadonlyMap<string, string> | null {
  const text = asked.readFile(asked.column.args.f_path);
  const [header = [], ...rows] = linesOf(text);
  const idAt = header.indexOf("patient_id");
  const own = rows.filter((cells) => Number(cells[idAt]) === asked.patient);
  if (own.length > 1) throw new Refused("duplicate-patients", asked.column.name);
  const [line] = own;
  return line === undefined
    ? null
    : new Map(header.map((name, i) => [name, line[i] ?? ""] as const));
}

export const answerFiles: AnswerFamily<typeof files> = {
  with_value_from_file: valueFromFile,
  which_exist_in_file: (asked) => flag(lineOf(asked) !== null),
};
