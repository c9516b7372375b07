/** Numbers as bytes, without a text for each. */
import { floatText } from "../../base/value-types.ts";
import { POINT, ZERO } from "./ascii.ts";

/** The most bytes that any float has, or a whole number below 1e21. */
export const LONGEST_NUMBER = 32;

const POWERS_OF_TEN = Int32Array.from({ length: 10 }, (_, n) => 10 ** n);

/** The number of bytes that `putInteger` writes. */
export function integerLength(value: number): number {
  const small = value | 0;
  if (small !== value || small < 0) return String(BigInt(value)).length;
  // 1233 / 4096 is close to the decimal logarithm of 2; 0 has one digit as 1 has.
  const bits = 32 - Math.clz32(small | 1);
  const digits = (bits * 1233) >> 12;
  return (small | 1) < (POWERS_OF_TEN[digits] ?? 0) ? digits : digits + 1;
}

/** Writes a whole number so that it ends before `end`. */
export function putInteger(bytes: Uint8Array, end: number, value: number): void {
  let rest = value | 0;
  if (rest !== value || rest < 0) {
    const text = String(BigInt(value));
    putText(bytes, end - text.length, text);
    return;
  }
  let at = end;
  do {
    const tenth = (rest / 10) | 0;
    bytes[--at] = ZERO + (rest - tenth * 10);
    rest = tenth;
  } while (rest > 0);
}

/** Above it, fifteen digits would not be enough for four decimals. */
const MOST_PLAIN = 2 ** 31;

/** Writes a float as `floatText` has it and gives the place behind it. */
export function putFloat(bytes: Uint8Array, at: number, value: number): number {
  if (value >= 0 && value < MOST_PLAIN && !Object.is(value, -0)) {
    for (let decimals = 1; decimals <= 4; decimals++) {
      const scale = POWERS_OF_TEN[decimals] ?? 1;
      const scaled = Math.round(value * scale);
      // With 15 digits or fewer no other decimal reads back as the same number: the first that does
      // is the shortest there is, which is what `floatText` gives.
      if (scaled / scale === value) return putDecimal(bytes, at, scaled, decimals);
    }
  }
  return putText(bytes, at, floatText(value));
}

function putDecimal(bytes: Uint8Array, at: number, scaled: number, decimals: number): number {
  const scale = POWERS_OF_TEN[decimals] ?? 1;
  const whole = Math.floor(scaled / scale);
  const point = at + integerLength(whole);
  putInteger(bytes, point, whole);
  bytes[point] = POINT;
  const end = point + 1 + decimals;
  let rest = scaled - whole * scale;
  for (let place = end - 1; place > point; place--) {
    bytes[place] = ZERO + (rest % 10);
    rest = Math.floor(rest / 10);
  }
  return end;
}

/** ASCII only. */
function putText(bytes: Uint8Array, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
  return at + text.length;
}
