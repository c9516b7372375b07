/** One cell: its bytes without the quotes around them, and as text. */
import { fail } from "../problems.ts";
import { QUOTE } from "./ascii.ts";
import { LONGEST_TEXT, mustBeShort } from "./text-limits.ts";

/** Where a cell is, for a problem that must not show its value. */
export interface CellPlace {
  readonly file: string;
  readonly row: number;
  readonly column: string | null;
}

/** `bytes` from `start` to `end` is a quoted field. Gives what is inside, `""` read as `"`. */
export function unquoted(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const inside = bytes.subarray(start + 1, end - 1);
  if (!inside.includes(QUOTE)) return inside;
  const out = new Uint8Array(inside.length);
  let length = 0;
  for (let at = 0; at < inside.length; at++) {
    const byte = inside[at] ?? 0;
    if (byte === QUOTE) at++;
    out[length++] = byte;
  }
  return out.subarray(0, length);
}

// A byte order mark inside the file is an ordinary character.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text exactly as it stands. Problems: not-utf8-text, text-too-long. */
export function textOfBytes(bytes: Uint8Array, place: () => CellPlace): string {
  mustBeShort(bytes.length, LONGEST_TEXT, place);
  return textOrNull(bytes) ?? fail("not-utf8-text", place());
}

/** The text exactly as it stands; null where the bytes are none. */
export function textOrNull(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
