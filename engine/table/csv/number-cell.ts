/** The number that a cell's bytes stand for. */
import { MINUS, POINT, QUOTE, ZERO } from "./ascii.ts";
import { unquoted } from "./cell-bytes.ts";

/** Optional sign, digits with or without a point, optional exponent; nothing else, no spaces. */
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

const PLUS = 43;

/** With so many digits at most, the digits as an integer are below 2^53 and so exact. */
const EXACT_DIGITS = 15;

/** 1 … 1e15, all exact: one division of two exact numbers is rounded correctly, as `Number` does. */
const POWERS_OF_TEN = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, n) => Number(`1e${n}`));

/**
 * The same number, bit by bit, as `Number(text)` gives; NaN for a cell that is not a number (empty,
 * `inf`, `nan`, hexadecimal, spaces): see test/table/number-cell.
 */
export function numberOfCell(bytes: Uint8Array, start: number, end: number): number {
  if (start === end) return NaN;
  const sign = bytes[start] ?? 0;
  const first = sign === MINUS || sign === PLUS ? start + 1 : start;
  if (end - first > EXACT_DIGITS) return numberOfText(bytes, start, end);
  let digits = 0;
  let point = -1;
  for (let at = first; at < end; at++) {
    const byte = bytes[at] ?? 0;
    const digit = byte - ZERO;
    if (digit >= 0 && digit <= 9) digits = digits * 10 + digit;
    else if (byte === POINT && point < 0) point = at;
    else return numberOfText(bytes, start, end);
  }
  if (end - first === (point < 0 ? 0 : 1)) return NaN;
  const size = point < 0 ? digits : digits / (POWERS_OF_TEN[end - point - 1] ?? NaN);
  return sign === MINUS ? -size : size;
}

/** For long numbers, exponents, quoted cells and all that is no number. */
function numberOfText(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] === QUOTE) {
    const inside = unquoted(bytes, start, end);
    return inside[0] === QUOTE ? NaN : numberOfCell(inside, 0, inside.length);
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("latin1");
  return NUMBER.test(text) ? Number(text) : NaN;
}
