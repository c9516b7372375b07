/** Everything in a Stata file that stands before its rows. */
import { dateFormats } from "../../base/dates.ts";
import { expectTag, failForDamage, skipTo, take, unsigned } from "./dta-cursor.ts";
import type { DtaCursor } from "./dta-cursor.ts";
import { DATE_FORMAT, LONGEST_LABEL, MAP, STUDY_NAME } from "./dta-layout.ts";
import type { DtaLayout } from "./dta-layout.ts";
import { readCharacteristics, textUpToNul } from "./characteristics.ts";
import type { Characteristics } from "./characteristics.ts";
import type { ColumnForm } from "./cell-meaning.ts";
import { readDtaMap, readDtaStart } from "./dta-start.ts";
import { isStataNameOf, LONGEST_NAME } from "./stata-names.ts";
import { storageTypeOf } from "./storage-type.ts";
import type { StorageType } from "./storage-type.ts";

export interface DtaColumn extends ColumnForm {
  /** What the study calls it, where the file says so; otherwise its name in Stata. */
  readonly name: string;
  /** "" for a column without value labels. */
  readonly valueLabels: string;
  /** Of its first byte, in the row. */
  readonly offset: number;
}

export interface DtaHeader {
  readonly layout: DtaLayout;
  readonly littleEndian: boolean;
  readonly rows: number;
  readonly columns: readonly DtaColumn[];
  readonly rowBytes: number;
  /** Where each part starts, see `MAP`. */
  readonly map: readonly number[];
}

/**
 * Reads up to the tag before the first row. Every part must be where the file's map says, and the rows
 * as long as the types of the columns. Problems: not-a-stata-file, broken-stata-file.
 */
export async function readDtaHeader(cursor: DtaCursor): Promise<DtaHeader> {
  const { columnCount, ...start } = await readDtaStart(cursor);
  const map = await readDtaMap(cursor, start.littleEndian);
  const reader: PartReader = { cursor, map, columnCount };
  const columns = await readColumns(reader, start);
  const rowBytes = columns.reduce((sum, { type }) => sum + type.bytes, 0);
  await expectPart(reader, "data", MAP.data);
  const dataEnd = cursor.position + start.rows * rowBytes + "</data>".length;
  if (dataEnd !== map[MAP.longTexts]) failForDamage(cursor, "its map is wrong about the rows");
  return { ...start, columns, rowBytes, map };
}

async function readColumns(
  reader: PartReader,
  { layout, littleEndian }: Pick<DtaHeader, "layout" | "littleEndian">,
): Promise<readonly DtaColumn[]> {
  const { cursor, map } = reader;
  const codes = await readPart(reader, "variable_types", MAP.types, 2);
  const names = await readTexts(reader, "varnames", MAP.names, layout.name);
  await expectPart(reader, "sortlist", MAP.sortOrder);
  await skipTo(cursor, map[MAP.formats] ?? 0, "the order of its rows");
  const formats = await readTexts(reader, "formats", MAP.formats, layout.displayFormat);
  const words = await readTexts(reader, "value_label_names", MAP.valueLabelNames, layout.name);
  const labels = await readTexts(reader, "variable_labels", MAP.columnLabels, layout.columnLabel);
  await expectPart(reader, "characteristics", MAP.characteristics);
  const kept = await readCharacteristics(cursor, { layout, littleEndian, map });
  let offset = 0;
  return codes.map((code, at) => {
    const type = typeOf(cursor, unsigned(code, littleEndian));
    const [name = "", displayFormat = "", valueLabels = ""] = [names[at], formats[at], words[at]];
    const form = { ...studyForm(name, labels[at] ?? "", kept), type, displayFormat };
    offset += type.bytes;
    return { ...form, valueLabels, offset: offset - type.bytes };
  });
}

interface PartReader {
  readonly cursor: DtaCursor;
  readonly map: readonly number[];
  readonly columnCount: number;
}

async function expectPart({ cursor, map }: PartReader, part: string, entry: number): Promise<void> {
  if (map[entry] !== cursor.position) failForDamage(cursor, `its map is wrong about <${part}>`);
  await expectTag(cursor, `<${part}>`);
}

/** A field of one width for each column. */
async function readPart(
  reader: PartReader,
  part: string,
  entry: number,
  width: number,
): Promise<readonly Uint8Array[]> {
  const { cursor, columnCount } = reader;
  await expectPart(reader, part, entry);
  const bytes = (await take(cursor, width * columnCount, `<${part}>`)).slice();
  await expectTag(cursor, `</${part}>`);
  return Array.from({ length: columnCount }, (_, i) => bytes.subarray(i * width, (i + 1) * width));
}

function typeOf(cursor: DtaCursor, code: number): StorageType {
  return storageTypeOf(code) ?? failForDamage(cursor, "a column has no known type");
}

/** Fields with a NUL behind their text. */
async function readTexts(
  reader: PartReader,
  part: string,
  entry: number,
  width: number,
): Promise<readonly string[]> {
  return (await readPart(reader, part, entry, width)).map(textUpToNul);
}

/**
 * The study's name for a column counts only as long as Stata has not renamed it. R keeps labels alone:
 * one that would be shortened to the column's name is the name before that. A label as long as labels can be may
 * have been cut itself.
 */
function studyForm(
  stata: string,
  label: string,
  { valueOf }: Characteristics,
): Pick<DtaColumn, "name" | "dateFormat"> {
  const kept = valueOf(stata, STUDY_NAME);
  const format = dateFormats.find((each) => each === valueOf(stata, DATE_FORMAT));
  const isName = label.length > LONGEST_NAME && label.length < LONGEST_LABEL && /^\w+$/.test(label);
  const name = kept ?? (isName ? label : stata);
  return {
    name: isStataNameOf(stata, name) ? name : stata,
    dateFormat: format ?? "YYYY-MM-DD",
  };
}
