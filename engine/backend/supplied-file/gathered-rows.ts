/** Rows of a supplied file as they are gathered into batches, cell by cell. */
import { fail } from "../problems.ts";
import type { CohortBatch, CohortColumn, ColumnValues } from "../../table/cohort-schema.ts";
import type { SuppliedColumn } from "./supplied-columns.ts";

export interface Gathered extends SuppliedColumn {
  /** Numbers, or codes of words. */
  readonly values: number[];
  readonly words: Map<string, number>;
  /** Of all words. */
  characters: number;
}

export function nothingGathered(columns: readonly SuppliedColumn[]): readonly Gathered[] {
  return columns.map((column) => ({
    ...column,
    values: [],
    words: new Map<string, number>(),
    characters: 0,
  }));
}

export interface Place {
  readonly file: string;
  readonly row: number;
}

/** Problem: dummy-file-value. */
export function addCell(gathered: Gathered, text: string, place: Place): void {
  const { column, check, values } = gathered;
  if (column.type === "str") {
    values.push(codeOf(gathered, text));
    return;
  }
  const value = check.read(text);
  if (value === null) return failForCell(column, check.show(text), { ...place, ...check });
  values.push(value);
}

function codeOf(gathered: Gathered, text: string): number {
  const { words } = gathered;
  const known = words.get(text);
  if (known !== undefined) return known;
  words.set(text, words.size);
  gathered.characters += text.length;
  return words.size - 1;
}

function failForCell(
  { name: column }: CohortColumn,
  value: string,
  { file, row, expected }: Place & { readonly expected: string },
): never {
  return fail("dummy-file-value", { file, row, column, value, expected });
}

export function batchOf(gathered: readonly Gathered[], rows: number): CohortBatch {
  return { rows, columns: gathered.map(columnValues) };
}

function columnValues({ column: { type }, values, words }: Gathered): ColumnValues {
  switch (type) {
    case "bool":
      return { type, values: Uint8Array.from(values) };
    case "int":
    case "float":
      return { type, values: Float64Array.from(values) };
    case "date":
      return { type, values: Int32Array.from(values) };
    case "str":
      return { type, codes: Uint32Array.from(values), values: [...words.keys()] };
  }
}

/** Rows that were read already; `fields` are the places of the columns. Problem: dummy-file-value, of no certain row. */
export function gatherRows(
  columns: readonly SuppliedColumn[],
  fields: readonly number[],
  rows: readonly (readonly string[])[],
): CohortBatch {
  const gathered = nothingGathered(columns);
  const place = { file: "", row: 0 };
  for (const cells of rows) {
    for (let at = 0; at < gathered.length; at++) {
      const each = gathered[at];
      if (each !== undefined) addCell(each, cells[fields[at] ?? -1] ?? "", place);
    }
  }
  return batchOf(gathered, rows.length);
}
