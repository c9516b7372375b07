/** Value labels: words that a Stata file keeps for the numbers of a column, behind everything else. */
import type { CsvFile } from "../csv/byte-source.ts";
import { expectTag, failForDamage, openDtaCursor, skipTo, take, textOf } from "./dta-cursor.ts";
import type { DtaCursor } from "./dta-cursor.ts";
import { readDtaHeader } from "./dta-header.ts";
import type { DtaColumn, DtaHeader } from "./dta-header.ts";
import { MAP } from "./dta-layout.ts";
import { textUpToNul } from "./characteristics.ts";

/** Words by number, by the name that a column's `valueLabels` has. */
export type ValueLabels = ReadonlyMap<string, ReadonlyMap<number, string>>;

/** Empty where none of the columns has any. Problems: broken-stata-file, not-utf8-text. */
export async function valueLabelsFor(
  file: CsvFile,
  columns: readonly DtaColumn[],
): Promise<ValueLabels> {
  if (columns.every(({ valueLabels }) => valueLabels === "")) return new Map();
  const cursor = await openDtaCursor(file);
  try {
    const header = await readDtaHeader(cursor);
    const { map } = header;
    await skipTo(cursor, map[MAP.valueLabels] ?? 0, "its rows");
    await expectTag(cursor, "<value_labels>");
    const end = (map[MAP.closing] ?? 0) - "</value_labels>".length;
    const labels = new Map<string, ReadonlyMap<number, string>>();
    while (cursor.position < end) {
      await expectTag(cursor, "<lbl>");
      const [name, words] = await readLabels(cursor, header, end);
      labels.set(name, words);
      await expectTag(cursor, "</lbl>");
    }
    return labels;
  } finally {
    await cursor.source.close();
  }
}

const PART = "its value labels";

/** Between the name of the labels and their table. */
const PADDING = 3;

async function readLabels(
  cursor: DtaCursor,
  { layout, littleEndian }: DtaHeader,
  end: number,
): Promise<readonly [name: string, words: ReadonlyMap<number, string>]> {
  const start = viewOf(await take(cursor, 4 + layout.name + PADDING, PART));
  const length = start.getUint32(0, littleEndian);
  const name = textUpToNul(new Uint8Array(start.buffer, 4, layout.name));
  if (length > end - cursor.position) failForDamage(cursor, PART);
  const table = viewOf(await take(cursor, length, PART));
  const count = length < 8 ? Infinity : table.getUint32(0, littleEndian);
  const texts = 8 + 8 * count;
  if (texts > length) failForDamage(cursor, PART);
  const words = new Map<number, string>();
  for (let at = 0; at < count; at++) {
    const offset = table.getUint32(8 + 4 * at, littleEndian);
    const value = table.getInt32(8 + 4 * (count + at), littleEndian);
    if (texts + offset > length) failForDamage(cursor, PART);
    const rest = new Uint8Array(table.buffer, texts + offset);
    const bytes = rest.subarray(0, rest.includes(0) ? rest.indexOf(0) : rest.length);
    const place = () => ({ file: cursor.file, row: 1, column: null });
    words.set(value, textOf(layout, bytes, place));
  }
  return [name, words];
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.slice().buffer);
}
