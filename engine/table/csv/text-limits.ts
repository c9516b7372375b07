/** How much text is read, so that a small file which unpacks to a very large one cannot take all memory. */
import { fail } from "../problems.ts";

/** Of one cell, in bytes of UTF-8. */
export const LONGEST_TEXT = 1 << 20;

/** Of the label of a group. */
export const LONGEST_LABEL = 1 << 16;

/** Of all different texts of a column together: 24 million patients with a text of ten letters each. */
const MOST_TEXT = 1 << 28;

export interface TextPlace {
  readonly file: string;
  readonly row: number | null;
  readonly column: string | null;
}

/** Problem: text-too-long. */
export function mustBeShort(bytes: number, longest: number, place: () => TextPlace): void {
  if (bytes > longest) fail("text-too-long", { ...place(), most: sizeText(longest) });
}

/** As `mustBeShort`, of a label that is a text already. */
export function mustBeLabel(label: string, place: () => TextPlace): void {
  // No character takes more than three bytes for each of its UTF-16 units.
  if (label.length * 3 > LONGEST_LABEL) mustBeShort(Buffer.byteLength(label), LONGEST_LABEL, place);
}

/** Problem: too-much-text. */
export function mustFit(bytes: number, place: () => Pick<TextPlace, "file" | "column">): void {
  if (bytes <= MOST_TEXT) return;
  const { file, column } = place();
  fail("too-much-text", { file, column, most: sizeText(MOST_TEXT) });
}

function sizeText(bytes: number): string {
  return bytes >= 1 << 20 ? `${bytes / 2 ** 20} MiB` : `${bytes / 2 ** 10} KiB`;
}
