/**
 * Reading FlatBuffers, in which Arrow files keep their metadata: a table is a place in the bytes, and its
 * numbered fields are found through a list of offsets. Places outside the bytes throw a RangeError.
 */

export interface FlatTable {
  readonly bytes: DataView;
  readonly at: number;
}

/** The table that the bytes begin with. */
export function rootTable(bytes: Uint8Array): FlatTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { bytes: view, at: view.getUint32(0, true) };
}

/** Where the field stands, or null if the table does not have it. */
function placeOf({ bytes, at }: FlatTable, field: number): number | null {
  const offsets = at - bytes.getInt32(at, true);
  const entry = 4 + 2 * field;
  if (entry >= bytes.getUint16(offsets, true)) return null;
  const offset = bytes.getUint16(offsets + entry, true);
  return offset === 0 ? null : at + offset;
}

export function byteField(table: FlatTable, field: number): number {
  const place = placeOf(table, field);
  return place === null ? 0 : table.bytes.getUint8(place);
}

export function shortField(table: FlatTable, field: number, absent = 0): number {
  const place = placeOf(table, field);
  return place === null ? absent : table.bytes.getInt16(place, true);
}

export function intField(table: FlatTable, field: number): number {
  const place = placeOf(table, field);
  return place === null ? 0 : table.bytes.getInt32(place, true);
}

export function longField(table: FlatTable, field: number): number {
  const place = placeOf(table, field);
  return place === null ? 0 : longAt(table.bytes, place);
}

/** A 64-bit number, which here always counts rows or bytes. */
export function longAt(bytes: DataView, place: number): number {
  const number = Number(bytes.getBigInt64(place, true));
  if (!Number.isSafeInteger(number)) throw new RangeError("beyond 2^53");
  return number;
}

export function tableField(table: FlatTable, field: number): FlatTable | null {
  const place = placeOf(table, field);
  return place === null ? null : { bytes: table.bytes, at: follow(table.bytes, place) };
}

export function textField(table: FlatTable, field: number): string {
  const place = placeOf(table, field);
  if (place === null) return "";
  const { bytes } = table;
  const start = follow(bytes, place);
  const length = bytes.getUint32(start, true);
  return new TextDecoder().decode(
    new Uint8Array(bytes.buffer, bytes.byteOffset + start + 4, length),
  );
}

/** The tables of a list. */
export function tableList(table: FlatTable, field: number): readonly FlatTable[] {
  return structList(table, field, 4).map((place) => ({
    bytes: table.bytes,
    at: follow(table.bytes, place),
  }));
}

/** The places of the list's entries, each of that size. */
export function structList(table: FlatTable, field: number, size: number): readonly number[] {
  const place = placeOf(table, field);
  if (place === null) return [];
  const start = follow(table.bytes, place);
  const length = table.bytes.getUint32(start, true);
  if (start + 4 + length * size > table.bytes.byteLength) throw new RangeError("list too long");
  return Array.from({ length }, (_, entry) => start + 4 + entry * size);
}

function follow(bytes: DataView, place: number): number {
  return place + bytes.getUint32(place, true);
}
