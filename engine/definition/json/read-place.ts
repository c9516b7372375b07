/** Where the author wrote a column or a measure, out of untrusted JSON. */
import type { ColumnDefinition, Json } from "../model.ts";
import { checkKeys, readRecord } from "./read-record.ts";
import { wrongShape } from "./safe-json.ts";
import type { JsonReading } from "./safe-json.ts";

export type Place = NonNullable<ColumnDefinition["place"]>;

/** Null where none is given, or where it is none, which is reported. */
export function readPlace(
  value: Json | undefined,
  where: string,
  reading: JsonReading,
): Place | null {
  if (value === undefined) return null;
  const record = readRecord(value, `${where}.place`, "a place: { file, line }", reading);
  if (record === null) return null;
  checkKeys(record, { required: ["file", "line"], optional: [] }, `${where}.place`, reading);
  const { file, line } = record;
  if (typeof file === "string" && Number.isSafeInteger(line)) {
    return Object.freeze({ file, line: Number(line) });
  }
  return wrongShape(reading, `${where}.place`, "a file's name and a line's number", value);
}
