/** Everything in a Stata file that stands before its rows, and what stands behind its long texts. */
import type { CohortColumn, CohortSchema } from "../cohort-schema.ts";
import { DATE_FORMAT, layout118, LONGEST_LABEL, MAP_ENTRIES, STUDY_NAME } from "./dta-layout.ts";
import { codeOfStorageType } from "./storage-type.ts";
import type { StoredColumn } from "./stored-column.ts";
import { unsignedBytes } from "./dta-cursor.ts";

export interface DtaToWrite {
  readonly schema: CohortSchema;
  /** One for each column, as are those below. */
  readonly names: readonly string[];
  readonly stored: readonly StoredColumn[];
  readonly rows: number;
}

export const ROWS_END = "</data><strls>";
export const FILE_END = "</strls><value_labels></value_labels></stata_dta>";

/** Up to the first row. */
export function startBytes(file: DtaToWrite): Uint8Array {
  const header = headerBytes(file);
  const parts = partsBeforeRows(file);
  const entries = mapEntries(file, [header.length, ...parts.map(({ length }) => length)]);
  return Buffer.concat([header, part("map", entries), ...parts, ascii("<data>")]);
}

/** No label and no time stamp: the same rows give the same bytes. */
function headerBytes({ names, rows }: DtaToWrite): Uint8Array {
  return Buffer.concat([
    ascii(`<stata_dta><header><release>${layout118.release}</release>`),
    ascii("<byteorder>LSF</byteorder><K>"),
    unsignedBytes(names.length, layout118.columnCount),
    ascii("</K><N>"),
    unsignedBytes(rows, layout118.rowCount),
    ascii("</N><label>\0\0</label><timestamp>\0</timestamp></header>"),
  ]);
}

/** Where each part of the file starts, and where it ends. */
function mapEntries(
  { stored, rows }: DtaToWrite,
  [header = 0, ...parts]: readonly number[],
): readonly Uint8Array[] {
  const rowBytes = stored.reduce((sum, { type }) => sum + type.bytes, 0);
  const longTextBytes = stored.reduce((sum, column) => sum + column.longTextBytes, 0);
  const lengths = [
    header,
    "<map></map>".length + 8 * MAP_ENTRIES,
    ...parts,
    "<data></data>".length + rows * rowBytes,
    "<strls></strls>".length + longTextBytes,
    "<value_labels></value_labels>".length,
    "</stata_dta>".length,
  ];
  let end = 0;
  const ends = lengths.map((length) => (end += length));
  return [0, ...ends].map((place) => unsignedBytes(place, 8));
}

function partsBeforeRows({ schema, names, stored }: DtaToWrite): readonly Uint8Array[] {
  const { name, sortEntry, displayFormat, columnLabel } = layout118;
  const types = stored.map(({ type }) => unsignedBytes(codeOfStorageType(type), 2));
  // Sorted by the first column, the patient's id.
  const sortOrder = [1, ...names.slice(1).map(() => 0), 0];
  const formats = stored.map((column) => column.displayFormat);
  const labels = schema.map((column, at) => (names[at] === column.name ? "" : labelOf(column)));
  return [
    part("variable_types", types),
    part("varnames", fields(names, name)),
    part(
      "sortlist",
      sortOrder.map((entry) => unsignedBytes(entry, sortEntry)),
    ),
    part("formats", fields(formats, displayFormat)),
    part("value_label_names", [Buffer.alloc(name * names.length)]),
    part("variable_labels", fields(labels, columnLabel)),
    part(
      "characteristics",
      schema.flatMap((column, at) => characteristicsOf(column, names[at] ?? "")),
    ),
  ];
}

function labelOf({ name }: CohortColumn): string {
  return Array.from(name).slice(0, LONGEST_LABEL).join("");
}

/** What the reader goes by: the name whatever its length, and what a year or month was made a day of. */
function characteristicsOf(column: CohortColumn, stataName: string): readonly Uint8Array[] {
  const kept: [key: string, value: string][] = [];
  if (column.name !== stataName) kept.push([STUDY_NAME, column.name]);
  if (column.type === "date" && column.dateFormat !== "YYYY-MM-DD") {
    kept.push([DATE_FORMAT, column.dateFormat]);
  }
  return kept.map(([key, value]) => characteristic(stataName, key, value));
}

function characteristic(column: string, key: string, value: string): Uint8Array {
  const { name } = layout118;
  const content = Buffer.concat([field(column, name), field(key, name), Buffer.from(`${value}\0`)]);
  return Buffer.concat([ascii("<ch>"), unsignedBytes(content.length, 4), content, ascii("</ch>")]);
}

function part(tag: string, fields: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([ascii(`<${tag}>`), ...fields, ascii(`</${tag}>`)]);
}

function fields(texts: readonly string[], width: number): readonly Uint8Array[] {
  return texts.map((text) => field(text, width));
}

function field(text: string, width: number): Uint8Array {
  const bytes = Buffer.alloc(width);
  bytes.write(text, 0, width - 1, "utf8");
  return bytes;
}

function ascii(text: string): Uint8Array {
  return Buffer.from(text, "latin1");
}
