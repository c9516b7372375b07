/** One long text as it stands behind the rows. */
import { putBytes } from "../csv/out-bytes.ts";
import type { OutBytes } from "../csv/out-bytes.ts";

/** Bytes before each text. */
export const LONG_TEXT_HEADER = 20;

/** Types: bytes of any kind, and text with a NUL behind it. */
const BINARY = 129;
const ENDED_BY_NUL = 130;

/** Whose text it is, both from 1. */
export interface TextCell {
  readonly column: number;
  readonly row: number;
}

/** A text that holds a NUL is stored as bytes of any kind. */
export function putLongText(out: OutBytes, { column, row }: TextCell, text: Uint8Array): void {
  const binary = text.includes(0);
  const header = Buffer.alloc(LONG_TEXT_HEADER);
  header.write("GSO", "latin1");
  header.writeUInt32LE(column, 3);
  header.writeBigUInt64LE(BigInt(row), 7);
  header.writeUInt8(binary ? BINARY : ENDED_BY_NUL, 15);
  header.writeUInt32LE(text.length + (binary ? 0 : 1), 16);
  putBytes(out, header);
  putBytes(out, text);
  if (!binary) putBytes(out, new Uint8Array(1));
}
