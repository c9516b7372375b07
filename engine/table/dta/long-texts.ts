/** The long texts (strL) of a file, which stand behind all rows and are referred to by them. */
import type { CsvFile } from "../csv/byte-source.ts";
import { LONGEST_ROW } from "../csv/byte-window.ts";
import { addText, codeOf, textDictionary } from "../csv/text-dictionary.ts";
import type { TextDictionary } from "../csv/text-dictionary.ts";
import { mustFit } from "../csv/text-limits.ts";
import {
  expectTag,
  failForDamage,
  moveOn,
  need,
  openDtaCursor,
  skipTo,
  take,
  textOf,
  unsigned,
} from "./dta-cursor.ts";
import type { DtaCursor } from "./dta-cursor.ts";
import { readDtaHeader } from "./dta-header.ts";
import type { DtaColumn, DtaHeader } from "./dta-header.ts";
import { MAP } from "./dta-layout.ts";

export interface LongTexts {
  /** Distinct; the first is "". */
  readonly texts: readonly string[];
  /** Which of them a cell's eight bytes mean; undefined if there is no such text. */
  readonly find: (reference: Uint8Array) => number | undefined;
}

/** Null where none of the columns has any. Problems: broken-stata-file, not-utf8-text. */
export function longTextsFor(
  file: CsvFile,
  columns: readonly DtaColumn[],
): Promise<LongTexts | null> {
  const needed = columns.some(({ type }) => type.kind === "strL");
  return needed ? readLongTexts(file) : Promise.resolve(null);
}

/**
 * Reads all of them ahead of the rows. Memory holds each distinct text once and, for each text that
 * the file has, a number: a text may be of another column than the cell that refers to it.
 */
async function readLongTexts(file: CsvFile): Promise<LongTexts> {
  const cursor = await openDtaCursor(file);
  try {
    const header = await readDtaHeader(cursor);
    const { map, layout, littleEndian } = header;
    await skipTo(cursor, map[MAP.longTexts] ?? 0, "its rows");
    await expectTag(cursor, "<strls>");
    const known: Known = { dictionary: textDictionary([]), codes: new Map() };
    known.codes.set(keyOf(0, 0), addText(known.dictionary, "", 0, 0));
    const end = (map[MAP.valueLabels] ?? 0) - "</strls>".length;
    while (cursor.position < end) await readLongText(cursor, header, known);
    const { dictionary, codes } = known;
    const find = (reference: Uint8Array): number | undefined => {
      const column = unsigned(reference.subarray(0, layout.textColumn), littleEndian);
      const row = unsigned(reference.subarray(layout.textColumn), littleEndian);
      return codes.get(keyOf(column, row));
    };
    return { texts: dictionary.texts, find };
  } finally {
    await cursor.source.close();
  }
}

interface Known {
  readonly dictionary: TextDictionary;
  /** By `keyOf` the text. */
  readonly codes: Map<number, number>;
}

/** One number for each cell of the largest file: columns are fewer than 2^17, rows than 2^36. */
function keyOf(column: number, row: number): number {
  return row * 2 ** 17 + column;
}

/** The type of a text that has a NUL behind it, which is not part of it. */
const WITH_NUL = 130;
const PART = "its long texts";

async function readLongText(cursor: DtaCursor, header: DtaHeader, known: Known): Promise<void> {
  const { littleEndian, layout, columns, rows } = header;
  await expectTag(cursor, "GSO");
  const number = async (length: number): Promise<number> =>
    unsigned(await take(cursor, length, PART), littleEndian);
  const column = await number(4);
  const row = await number(layout.textRow);
  const type = await number(1);
  const length = await number(4);
  if (column > columns.length || row > rows) failForDamage(cursor, "a text belongs to no cell");
  if (length > LONGEST_ROW) failForDamage(cursor, "a text is longer than 64 MiB");
  await need(cursor, length, PART);
  const { bytes, from, view } = cursor;
  const end = from + length - (type === WITH_NUL ? 1 : 0);
  if (end < from) failForDamage(cursor, PART);
  known.dictionary.input = view;
  let code = codeOf(known.dictionary, from, end);
  if (code < 0) {
    const name = columns[column - 1]?.name ?? null;
    const place = () => ({ file: cursor.file, row: row + 1, column: name });
    mustFit(known.dictionary.total, place);
    code = addText(known.dictionary, textOf(layout, bytes.subarray(from, end), place), from, end);
  }
  known.codes.set(keyOf(column, row), code);
  moveOn(cursor, length);
}
