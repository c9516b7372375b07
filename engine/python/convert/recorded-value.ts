/** What a name of a module held at its end, as code: columns, codelists, text, numbers, and lists and dicts of them. */
import { readColumn } from "../../definition/json/read-column.ts";
import type { Codelist, Json, MeasureDefinition } from "../../definition/model.ts";
import { withCodelists } from "../said-by-python.ts";
import type { Doc } from "./document.ts";
import { isRecord } from "../../base/is-record.ts";
import { cannot } from "./python-tree.ts";
import { columnCode, measureCode } from "./recorded-column.ts";
import type { NameCodelist } from "./recorded-column.ts";
import { entry, listOf, literal, objectOf } from "./written-code.ts";

export interface Recorded {
  readonly nameOf: NameCodelist;
  readonly measures: readonly MeasureDefinition[];
}

/** `value` is untrusted. */
export function recordedValue(value: unknown, recorded: Recorded): Doc {
  if (!isRecord(value)) return cannot("its value");
  const { kind, items } = value;
  const list: readonly unknown[] = Array.isArray(items) ? items : [];
  switch (kind) {
    case "plain":
      return isRecord(value["value"]) ? cannot("its value") : literal(value["value"]);
    case "codelist":
      return recorded.nameOf(codelistIn(value["codelist"]));
    case "column":
      return columnIn(value, recorded);
    case "measure": {
      const found = recorded.measures.find(({ id }) => id === value["id"]);
      return found === undefined ? cannot("its measure") : measureCode(found);
    }
    case "list":
      return listOf(list.map((each) => ({ doc: recordedValue(each, recorded) })));
    case "dict":
      return objectOf(list.map((each) => entryIn(each, recorded)));
    default:
      return cannot("its value");
  }
}

function entryIn(pair: unknown, recorded: Recorded): { readonly doc: Doc } {
  const [key, value] = Array.isArray(pair) ? (pair as unknown[]) : [];
  return typeof key === "string"
    ? { doc: entry(key, recordedValue(value, recorded)) }
    : cannot("its key");
}

function codelistIn(value: unknown): Codelist {
  const { system, codes } = isRecord(value) ? value : {};
  if (!Array.isArray(codes) || (system !== null && typeof system !== "string"))
    return cannot("its codelist");
  return value as Codelist;
}

function columnIn(value: Readonly<Record<string, unknown>>, { nameOf }: Recorded): Doc {
  const json = withCodelists(value["column"], value["codelists"]) as Json;
  const column = readColumn(json, "column", { problems: [], values: 0 });
  return column === null ? cannot("its column") : columnCode(column, nameOf);
}
