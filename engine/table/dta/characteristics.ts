/** What a Stata file keeps with its columns beside their values. */
import { expectTag, failForDamage, moveOn, need, skipTo, take, unsigned } from "./dta-cursor.ts";
import type { DtaCursor } from "./dta-cursor.ts";
import { DATE_FORMAT, MAP, STUDY_NAME } from "./dta-layout.ts";
import type { DtaLayout } from "./dta-layout.ts";

export interface Characteristics {
  /** The value of a characteristic of ours, by the column's name in Stata. */
  readonly valueOf: (column: string, key: string) => string | undefined;
}

export interface CharacteristicsPart {
  readonly layout: DtaLayout;
  readonly littleEndian: boolean;
  readonly map: readonly number[];
}

const PART = "its characteristics";

/** Reads on from behind the opening tag to behind the closing one. Problem: broken-stata-file. */
export async function readCharacteristics(
  cursor: DtaCursor,
  { layout, littleEndian, map }: CharacteristicsPart,
): Promise<Characteristics> {
  const values = new Map<string, string>();
  const end = (map[MAP.data] ?? 0) - "</characteristics>".length;
  while (cursor.position < end) {
    await expectTag(cursor, "<ch>");
    const length = unsigned(await take(cursor, 4, PART), littleEndian);
    if (length > end - cursor.position) failForDamage(cursor, "a characteristic is too long");
    await need(cursor, length, PART);
    const fields = cursor.bytes.subarray(cursor.from, cursor.from + length);
    const column = textUpToNul(fields.subarray(0, layout.name));
    const key = textUpToNul(fields.subarray(layout.name, 2 * layout.name));
    if (key === STUDY_NAME || key === DATE_FORMAT) {
      values.set(`${column} ${key}`, textUpToNul(fields.subarray(2 * layout.name)));
    }
    moveOn(cursor, length);
    await expectTag(cursor, "</ch>");
  }
  await skipTo(cursor, end, PART);
  await expectTag(cursor, "</characteristics>");
  return { valueOf: (column, key) => values.get(`${column} ${key}`) };
}

/** Names that are not UTF-8 get replacement characters: nobody can want them. */
export function textUpToNul(field: Uint8Array): string {
  const end = field.indexOf(0);
  return Buffer.from(end < 0 ? field : field.subarray(0, end)).toString("utf8");
}
