/** The values of a column that come from a file. */
import { fail } from "../problems.ts";
import type { Place } from "../../base/problems.ts";
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { ValueType } from "../../base/value-types.ts";
import { NO_DATE } from "../../table/cohort-schema.ts";
import type { ColumnValues } from "../../table/cohort-schema.ts";
import { isMissing, readDay, readNumber, readTruth, readWhole } from "./read-cell.ts";
import { placeOf } from "./patient-file.ts";
import type { PatientFile, PatientId } from "./patient-file.ts";

/** What is read of a file. */
export interface WantedFromFile {
  /** Null: only who is in the file. */
  readonly column: string | null;
  readonly type: ValueType;
  /** Where the author asks for it. */
  readonly place?: Place;
}

type FileColumn = CheckedColumn<"with_value_from_file" | "which_exist_in_file">;

export function wantedFromFile({ args, type, place }: FileColumn): WantedFromFile {
  const column = "returning" in args ? args.returning : null;
  return { column, type, ...(place === undefined ? {} : { place }) };
}

/**
 * One value per patient of `ids`, joined by id; empty where the file has no row or a blank cell.
 * Problems: patient-file-column, patient-file-value.
 */
export function fileColumn(
  wanted: WantedFromFile,
  file: PatientFile,
  ids: readonly PatientId[] | Float64Array,
): ColumnValues {
  if (wanted.column === null) {
    return {
      type: "bool",
      values: Uint8Array.from(ids as Iterable<PatientId>, (id) => (file.rows.has(id) ? 1 : 0)),
    };
  }
  const read = cellReader(wanted, wanted.column, file);
  switch (wanted.type) {
    case "bool":
      return { type: "bool", values: Uint8Array.from(ids, (id) => read(id, readTruth, 0)) };
    case "int":
      return { type: "int", values: Float64Array.from(ids, (id) => read(id, readWhole, 0)) };
    case "float":
      return { type: "float", values: Float64Array.from(ids, (id) => read(id, readNumber, 0)) };
    case "date":
      return { type: "date", values: Int32Array.from(ids, (id) => read(id, readAnyDay, NO_DATE)) };
    case "str":
      return textColumn(Array.from(ids, (id) => read(id, (text) => text, "")));
  }
}

type ReadCell = <Value>(
  id: PatientId,
  parse: (text: string) => Value | null,
  empty: Value,
) => Value;

/** The patient's cell, or the empty value where there is none. */
function cellReader(
  { type, place }: WantedFromFile,
  name: string,
  { path, header, rows }: PatientFile,
): ReadCell {
  const field = placeOf(path, header, name);
  return (id, parse, empty) => {
    const row = rows.get(id);
    const text = row?.cells[field] ?? "";
    if (row === undefined || text === "" || (type !== "str" && isMissing(text))) return empty;
    const facts = { file: path, row: row.number, column: name, type };
    return parse(text) ?? fail("patient-file-value", facts, place);
  };
}

/** A file can hold less than a whole date: it was perhaps a cohort of another study. */
function readAnyDay(text: string): number | null {
  return readDay(text, "YYYY-MM-DD") ?? readDay(text, "YYYY-MM") ?? readDay(text, "YYYY");
}

function textColumn(texts: readonly string[]): ColumnValues {
  const words = [...new Set(texts)];
  const codeOf = new Map(words.map((word, code) => [word, code]));
  return {
    type: "str",
    codes: Uint32Array.from(texts, (text) => codeOf.get(text) ?? 0),
    values: words,
  };
}
