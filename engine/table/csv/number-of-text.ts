/** Texts of formats that have no quotes around them, as numbers. */
import { numberOfCell } from "./number-cell.ts";

const encoder = new TextEncoder();

/** NaN for a text that is no number in csv. A quote is part of the text here, not around it. */
export function numberOfText(text: string): number {
  if (text.startsWith('"')) return NaN;
  const bytes = encoder.encode(text);
  return numberOfCell(bytes, 0, bytes.length);
}
