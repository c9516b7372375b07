/** The first part of a Stata file, and the map behind it. */
import { fail } from "../problems.ts";
import { expectTag, failForDamage, take, unsigned } from "./dta-cursor.ts";
import type { DtaCursor } from "./dta-cursor.ts";
import { dtaLayouts, MAP, MAP_ENTRIES } from "./dta-layout.ts";
import type { DtaLayout } from "./dta-layout.ts";

/** Beyond it no edition of Stata goes; a damaged number must not take all memory. */
const MOST_COLUMNS = 120_000;

/** Many more rows than anybody has; with the column's number, a row's is still exact (`long-texts.ts`). */
const MOST_ROWS = 2 ** 36;

/** What a file says of itself first. */
export interface DtaStart {
  readonly layout: DtaLayout;
  readonly littleEndian: boolean;
  readonly columnCount: number;
  readonly rows: number;
}

/** Problems: not-a-stata-file, broken-stata-file. */
export async function readDtaStart(cursor: DtaCursor): Promise<DtaStart> {
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

/** Where each part starts, see `MAP`. Problem: broken-stata-file. */
export async function readDtaMap(
  cursor: DtaCursor,
  littleEndian: boolean,
): Promise<readonly number[]> {
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
