/** `with_value_from_file` and `which_exist_in_file`. spec/functions.md 5. */
import { parseIsoDate } from "../../engine/base/dates.ts";
import { splitCsv } from "../../engine/definition/codelists/split-csv.ts";
import { argument } from "./asked.ts";
import type { Asked } from "./asked.ts";
import { flag, found, nothing } from "./found.ts";
import type { Found } from "./found.ts";
import { Refused } from "./refused.ts";

export function existsInFile(asked: Asked): Found {
  return flag(lineOf(asked) !== null);
}

/** Blank = nothing. */
export function valueFromFile(asked: Asked): Found {
  const line = lineOf(asked);
  const cell = line?.get(String(argument(asked, "returning"))) ?? "";
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
  const { rows } = splitCsv(text);
  const at = rows[0]?.values.indexOf("patient_id") ?? -1;
  return rows.slice(1).map(({ values }) => Number(values[at]));
}

/** The patient's line, cells by their header. */
function lineOf(asked: Asked): ReadonlyMap<string, string> | null {
  const { rows } = splitCsv(asked.readFile(String(argument(asked, "f_path"))));
  const header = rows[0]?.values ?? [];
  const idAt = header.indexOf("patient_id");
  const own = rows.slice(1).filter(({ values }) => Number(values[idAt]) === asked.patient);
  if (own.length > 1) throw new Refused("duplicate-patients", asked.column.name);
  const [line] = own;
  return line === undefined
    ? null
    : new Map(header.map((name, i) => [name, line.values[i] ?? ""] as const));
}
