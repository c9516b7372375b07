/** Bytes of a text in a Stata file. */
import { textOfBytes } from "../csv/cell-bytes.ts";
import type { CellPlace } from "../csv/cell-bytes.ts";
import { LONGEST_TEXT, mustBeShort } from "../csv/text-limits.ts";
import type { DtaLayout } from "./dta-layout.ts";

const western = new TextDecoder("windows-1252");

/** Exactly as it stands. Problem: not-utf8-text; format 117 has no UTF-8 and is read as Windows-1252. */
export function textOf(layout: DtaLayout, bytes: Uint8Array, place: () => CellPlace): string {
  mustBeShort(bytes.length, LONGEST_TEXT, place);
  return layout.encoding === "utf-8" ? textOfBytes(bytes, place) : western.decode(bytes);
}
