/** Column definitions out of untrusted JSON. */
import { nearestNames } from "../../base/nearest.ts";
import { problem } from "../author-side-problems.ts";
import { functionNames, isFunctionName, shapeOf } from "../function-table.ts";
import type { FunctionName } from "../function-table.ts";
import type { ArgumentKind } from "../functions/shape.ts";
import type { ColumnDefinition, Json } from "../model.ts";
import { isPlainObject } from "../plain-object.ts";
import { readPlace } from "./read-place.ts";
import { readCategories, readCodes, readExpectations } from "./read-structure.ts";
import { checkKeys, readRecord } from "./read-record.ts";
import { report, wrongShape } from "./safe-json.ts";
import type { JsonReading } from "./safe-json.ts";

type Columns = Readonly<Record<string, ColumnDefinition>>;

const columnKeys = { required: ["function", "args"], optional: ["place"] } as const;

/** One definition and all that are nested in it, or null and its problems. */
export function readColumn(
  value: Json | undefined,
  where: string,
  reading: JsonReading,
): ColumnDefinition | null {
  const record = readRecord(value, where, "a column: { function, args }", reading);
  if (record === null) return null;
  checkKeys(record, columnKeys, where, reading);
  const place = readPlace(record["place"], where, reading);
  const name = readFunction(record["function"], where, reading);
  if (name === null) return null;
  const told = reading.problems.length;
  const args = readArgs(name, record["args"], where, reading);
  if (place === null) return Object.freeze({ function: name, args });
  for (const [i, found] of reading.problems.slice(told).entries()) {
    reading.problems[told + i] = { place, ...found };
  }
  return Object.freeze({ function: name, args, place });
}

/** Columns by name in an object without a prototype. */
export function readColumns(value: Json | undefined, where: string, reading: JsonReading): Columns {
  const record = readRecord(value, where, "columns by name", reading);
  const columns = Object.create(null) as Record<string, ColumnDefinition>;
  for (const [name, definition] of Object.entries(record ?? {})) {
    const column = readColumn(definition, `${where}.${name}`, reading);
    if (column !== null) columns[name] = column;
  }
  return Object.freeze(columns);
}

function readFunction(
  value: Json | undefined,
  where: string,
  reading: JsonReading,
): FunctionName | null {
  if (value === undefined) return null;
  if (typeof value !== "string") return wrongShape(reading, `${where}.function`, "text", value);
  if (isFunctionName(value)) return value;
  const nearest = nearestNames(value, functionNames);
  report(reading, problem("unknown-function", { where, function: value, nearest }));
  return null;
}

/** In the order of the function table, so that equal studies have equal JSON. */
function readArgs(
  name: FunctionName,
  value: Json | undefined,
  where: string,
  reading: JsonReading,
): ColumnDefinition["args"] {
  const args = Object.create(null) as Record<string, unknown>;
  const given = value === undefined ? {} : readRecord(value, `${where}.args`, "arguments", reading);
  const table = shapeOf(name).args;
  for (const argument of Object.keys(given ?? {}).filter((each) => !Object.hasOwn(table, each))) {
    const nearest = nearestNames(argument, Object.keys(table));
    const facts = { where, function: name, argument, nearest };
    report(reading, problem("unknown-argument", facts));
  }
  for (const [argument, { kind }] of Object.entries(table)) {
    const item = given?.[argument];
    if (item === undefined) continue;
    args[argument] = readArgument(kind, item, `${where}.args.${argument}`, reading);
  }
  return Object.freeze(args);
}

/**
 * Only what has parts is taken apart here; `check` says whether texts, numbers and flags fit their
 * argument, since it can name the column's study and collect such problems with all others.
 */
function readArgument(
  kind: ArgumentKind,
  value: Json,
  where: string,
  reading: JsonReading,
): unknown {
  if (value === null) return null;
  switch (kind) {
    case "extra-columns":
      return readColumns(value, where, reading);
    case "categories":
      return readCategories(value, where, reading);
    case "expectations":
      return readExpectations(value, where, reading);
    case "codelist":
      return readCodes(value, where, reading);
    case "vaccination":
    case "vaccine-codes":
      return readRecord(value, where, "an object", reading);
    case "texts":
    case "text-list":
      return isPlainObject(value) ? readCodes(value, where, reading) : value;
    default:
      return value;
  }
}
