/** Texts of formats that have no quotes around them, as numbers. */
import { numberOfCell } from "./number-cell.ts";

/** A whole number beyond 2^53, which would be another one as a number. What has a point or an exponent is no such. */
export function isTooLargeWhole(text: string): boolean {
  return /^[+-]?\d{16,}$/.test(text) && !Number.isSafeInteger(Number(text));
}

const encoder = new TextEncoder();

/** NaN for a text that is no number in csv. A quote is part of the text here, not around it. */
export function numberOfText(text: string): number {
  if (text.startsWith('"')) return NaN;
  const bytes = encoder.encode(text);
  return numberOfCell(bytes, 0, bytes.length);
}
