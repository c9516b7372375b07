/** Everything in a Stata file that stands before its rows. */
import { dateFormats } from "../../base/dates.ts";
import { fail } from "../../base/problems.ts";
import { expectTag, failForDamage, skipTo, take } from "./dta-cursor.ts";
import type { DtaCursor } from "./dta-cursor.ts";
import { DATE_FORMAT, dtaLayouts, MAP, MAP_ENTRIES, STUDY_NAME } from "./dta-layout.ts";
import type { DtaLayout } from "./dta-layout.ts";
import { readCharacteristics, textUpToNul } from "./characteristics.ts";
import type { Characteristics } from "./characteristics.ts";
import type { ColumnForm } from "./cell-meaning.ts";
import { stataName } from "./stata-names.ts";
import { storageTypeOf } from "./storage-type.ts";
import type { StorageType } from "./storage-type.ts";
import { unsigned } from "./unsigned.ts";

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

/** Beyond it no edition of Stata goes; a damaged number must not take all memory. */
const MOST_COLUMNS = 120_000;

/** Many more rows than anybody has; with the column's number, a row's is still exact (`long-texts.ts`). */
const MOST_ROWS = 2 ** 36;

/**
 * Reads up to the tag before the first row. Every part must be where the file's map says, and the rows
 * as long as the types of the columns. Problems: not-a-stata-file, broken-stata-file.
 */
export async function readDtaHeader(cursor: DtaCursor): Promise<DtaHeader> {
  const start = await readStart(cursor);
  const { layout, littleEndian, columnCount, rows } = start;
  const map = await readMap(cursor, littleEndian);
  const reader: PartReader = { cursor, map, columnCount };
  const codes = await readPart(reader, "variable_types", MAP.types, 2);
  const types = codes.map((code) => typeOf(cursor, unsigned(code, littleEndian)));
  const names = texts(await readPart(reader, "varnames", MAP.names, layout.name));
  await expectPart(reader, "sortlist", MAP.sortOrder);
  await skipTo(cursor, map[MAP.formats] ?? 0, "the order of its rows");
  const formats = texts(await readPart(reader, "formats", MAP.formats, layout.displayFormat));
  const labels = texts(
    await readPart(reader, "value_label_names", MAP.valueLabelNames, layout.name),
  );
  await expectPart(reader, "variable_labels", MAP.columnLabels);
  await skipTo(cursor, map[MAP.characteristics] ?? 0, "its labels of columns");
  await expectPart(reader, "characteristics", MAP.characteristics);
  const kept = await readCharacteristics(cursor, { layout, littleEndian, map });
  await expectPart(reader, "data", MAP.data);
  let rowBytes = 0;
  const columns = types.map((type, at): DtaColumn => {
    const name = names[at] ?? "";
    const offset = rowBytes;
    rowBytes += type.bytes;
    const [displayFormat = "", valueLabels = ""] = [formats[at], labels[at]];
    return { ...studyForm(name, kept), type, displayFormat, valueLabels, offset };
  });
  const dataEnd = cursor.position + rows * rowBytes + "</data>".length;
  if (dataEnd !== map[MAP.longTexts]) failForDamage(cursor, "its map is wrong about the rows");
  return { layout, littleEndian, rows, columns, rowBytes, map };
}

interface Start {
  readonly layout: DtaLayout;
  readonly littleEndian: boolean;
  readonly columnCount: number;
  readonly rows: number;
}

async function readStart(cursor: DtaCursor): Promise<Start> {
  const layout = await readRelease(cursor);
  await expectTag(cursor, "</release><byteorder>");
  const order = Buffer.from(await take(cursor, 3, "its header")).toString("latin1");
  if (order !== "LSF" && order !== "MSF") failForDamage(cursor, "no byte order");
  const littleEndian = order === "LSF";
  const number = async (length: number): Promise<number> =>
    unsigned(await take(cursor, length, "its header"), littleEndian);
  await expectTag(cursor, "</byteorder><K>");
  const columnCount = await number(layout.columnCount);
  if (columnCount > MOST_COLUMNS) failForDamage(cursor, "the number of columns");
  await expectTag(cursor, "</K><N>");
  const rows = await number(layout.rowCount);
  if (rows > MOST_ROWS) failForDamage(cursor, "the number of rows");
  await expectTag(cursor, "</N><label>");
  await take(cursor, await number(layout.labelLength), "its header");
  await expectTag(cursor, "</label><timestamp>");
  await take(cursor, await number(1), "its header");
  await expectTag(cursor, "</timestamp></header>");
  return { layout, littleEndian, columnCount, rows };
}

const MAGIC = "<stata_dta><header><release>";

async function readRelease(cursor: DtaCursor): Promise<DtaLayout> {
  const { file } = cursor;
  const [first = 0, second = 0] = await take(cursor, 2, "its header");
  // Before format 117 the release and the byte order were the first two bytes.
  const old = first >= 102 && first <= 115 && (second === 1 || second === 2);
  if (old) fail("not-a-stata-file", { file, release: String(first) });
  if (String.fromCharCode(first, second) !== MAGIC.slice(0, 2)) {
    fail("not-a-stata-file", { file, release: null });
  }
  await expectTag(cursor, MAGIC.slice(2));
  const release = Buffer.from(await take(cursor, 3, "its header")).toString("latin1");
  const layout = dtaLayouts.find((each) => each.release === release);
  if (layout !== undefined) return layout;
  return /^\d+$/.test(release)
    ? fail("not-a-stata-file", { file, release })
    : failForDamage(cursor, "no release");
}

async function readMap(cursor: DtaCursor, littleEndian: boolean): Promise<readonly number[]> {
  const at = cursor.position;
  await expectTag(cursor, "<map>");
  const bytes = await take(cursor, 8 * MAP_ENTRIES, "its map");
  const map = Array.from({ length: MAP_ENTRIES }, (_, i) =>
    unsigned(bytes.subarray(8 * i, 8 * i + 8), littleEndian),
  );
  await expectTag(cursor, "</map>");
  if (map[MAP.file] !== 0 || map[MAP.map] !== at || map.some((each) => each > 2 ** 53)) {
    failForDamage(cursor, "its map");
  }
  return map;
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

function texts(fields: readonly Uint8Array[]): readonly string[] {
  return fields.map(textUpToNul);
}

/** The study's name for a column counts only as long as Stata has not renamed it. */
function studyForm(
  stata: string,
  { valueOf }: Characteristics,
): Pick<DtaColumn, "name" | "dateFormat"> {
  const name = valueOf(stata, STUDY_NAME);
  const format = dateFormats.find((each) => each === valueOf(stata, DATE_FORMAT));
  const known = name !== undefined && stataName(name) === stata;
  return { name: known ? name : stata, dateFormat: format ?? "YYYY-MM-DD" };
}
