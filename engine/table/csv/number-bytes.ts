/** Numbers as bytes, without a text for each. */
import { floatText } from "../../base/value-types.ts";
import { MINUS, POINT, ZERO } from "./ascii.ts";

/** The most bytes that `putInteger` or `putFloat` writes for a number below 1e21, or any float. */
export const LONGEST_NUMBER = 32;

const SMALL = 2 ** 31;

/** Writes a whole number as digits and gives the place behind it. */
export function putInteger(bytes: Uint8Array, at: number, value: number): number {
  if (value >= 0 && value < 10) {
    bytes[at] = ZERO + value;
    return at + 1;
  }
  if (value < 0) {
    bytes[at] = MINUS;
    return putInteger(bytes, at + 1, -value);
  }
  return value < SMALL ? putDigits(bytes, at, value) : putText(bytes, at, String(BigInt(value)));
}

/** The number of bytes that `putInteger` writes. */
export function integerLength(value: number): number {
  if (value < 0) return 1 + integerLength(-value);
  if (value >= SMALL) return String(BigInt(value)).length;
  let length = 1;
  for (let bound = 10; bound <= value; bound *= 10) length++;
  return length;
}

/** Writes a float as `floatText` has it and gives the place behind it. */
export function putFloat(bytes: Uint8Array, at: number, value: number): number {
  if (value >= 0 && value < SMALL && !Object.is(value, -0)) {
    const decimals = fewDecimals(value);
    if (decimals >= 0) return putDecimal(bytes, at, { value, decimals });
  }
  return putText(bytes, at, floatText(value));
}

/**
 * The number of decimals, at most 4, that tell a number below 2^31 from all others, or -1. With 15
 * digits or fewer no other decimal reads back as the same number, so the shortest that reads back is
 * the shortest there is: what `floatText` gives.
 */
function fewDecimals(value: number): number {
  for (let decimals = 0; decimals <= 4; decimals++) {
    const scale = POWERS_OF_TEN[decimals] ?? 1;
    if (Math.round(value * scale) / scale === value) return decimals;
  }
  return -1;
}

const POWERS_OF_TEN = [1, 10, 100, 1000, 10_000];

function putDecimal(
  bytes: Uint8Array,
  at: number,
  { value, decimals }: { value: number; decimals: number },
): number {
  const scale = POWERS_OF_TEN[decimals] ?? 1;
  const scaled = Math.round(value * scale);
  const whole = Math.floor(scaled / scale);
  const point = putInteger(bytes, at, whole);
  bytes[point] = POINT;
  let rest = scaled - whole * scale;
  const shown = Math.max(1, decimals);
  for (let place = point + shown; place > point; place--) {
    bytes[place] = ZERO + (rest % 10);
    rest = Math.floor(rest / 10);
  }
  return point + shown + 1;
}

function putDigits(bytes: Uint8Array, at: number, value: number): number {
  const length = integerLength(value);
  let rest = value | 0;
  for (let place = at + length - 1; place >= at; place--) {
    const tenth = (rest / 10) | 0;
    bytes[place] = ZERO + (rest - tenth * 10);
    rest = tenth;
  }
  return at + length;
}

/** ASCII only. */
function putText(bytes: Uint8Array, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
  return at + text.length;
}
