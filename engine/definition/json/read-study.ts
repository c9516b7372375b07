/** Studies out of untrusted JSON. */
import { problem } from "../author-side-problems.ts";
import type { Expectations, Json, StudyDefinition } from "../model.ts";
import { readColumn, readColumns } from "./read-column.ts";
import { readPlace } from "./read-place.ts";
import { checkKeys, readRecord } from "./read-record.ts";
import { readExpectations } from "./read-structure.ts";
import { report, wrongShape } from "./safe-json.ts";
import type { JsonReading } from "./safe-json.ts";

const studyKeys = {
  required: ["population", "columns"],
  optional: ["index_date", "default_expectations", "dummy_data", "column_order", "place"],
} as const;

/** The study, frozen, or null and its problems. */
export function readStudy(
  value: Json | undefined,
  where: string,
  reading: JsonReading,
): StudyDefinition | null {
  const record = readRecord(value, where, "a study", reading);
  if (record === null) return null;
  checkKeys(record, studyKeys, where, reading);
  const { index_date: indexDate = null, default_expectations: defaults = null } = record;
  if (indexDate !== null && typeof indexDate !== "string") {
    wrongShape(reading, "index_date", "text or null", indexDate);
  }
  if (defaults !== null) readExpectations(defaults, "default_expectations", reading);
  const derived = readDummyData(record["dummy_data"], reading);
  const population = given(record["population"], readColumn, "population", reading);
  const columns = given(record["columns"], readColumns, "columns", reading);
  if (population === null || columns === null || reading.problems.length > 0) return null;
  const place = readPlace(record["place"], where, reading);
  return Object.freeze({
    ...(place === null ? {} : { place }),
    index_date: indexDate as string | null,
    default_expectations: defaults as Expectations | null,
    ...(derived ? { dummy_data: "derived" as const } : {}),
    population,
    columns,
    column_order: readOrder(record["column_order"], Object.keys(columns), reading),
  });
}

/** Whether dummy data are derived; studies that say what holds anyway are equal to those that do not. */
function readDummyData(value: Json | undefined, reading: JsonReading): boolean {
  if (value === "derived") return true;
  if (value === undefined || value === null || value === "independent") return false;
  wrongShape(reading, "dummy_data", '"derived" or "independent"', value);
  return false;
}

/** An absent key was reported already. */
function given<Value>(
  value: Json | undefined,
  read: (value: Json, where: string, reading: JsonReading) => Value | null,
  where: string,
  reading: JsonReading,
): Value | null {
  return value === undefined ? null : read(value, where, reading);
}

function readOrder(
  value: Json | undefined,
  names: readonly string[],
  reading: JsonReading,
): readonly string[] {
  if (value === undefined) return Object.freeze([...names]);
  if (!Array.isArray(value) || !value.every((name) => typeof name === "string")) {
    wrongShape(reading, "column_order", "a list of names", value);
    return [];
  }
  const order: readonly string[] = value;
  const counts = new Map(names.map((name) => [name, 0]));
  for (const name of order) {
    const count = counts.get(name);
    if (count === undefined) misplaced(reading, name, "is not a column");
    else if (count === 1) misplaced(reading, name, "is named twice");
    counts.set(name, (count ?? 0) + 1);
  }
  for (const name of names) if (counts.get(name) === 0) misplaced(reading, name, "is left out");
  return order;
}

function misplaced(reading: JsonReading, name: string, fault: string): void {
  report(reading, problem("column-order", { where: "column_order", name, fault }));
}
