/**
 * One cell of a record in csv as the value that its column is declared to hold. Nothing is guessed or
 * rounded: what is not written exactly so is no value.
 */
import { dayNumberOf } from "../../../base/dates.ts";

const [ZERO, MINUS, PLUS, POINT, COLON, SPACE, T, Z] = Array.from("0-+.: TZ", (sign) =>
  sign.charCodeAt(0),
) as [number, number, number, number, number, number, number, number];

/** Beyond so many digits no whole number is below 2^53. */
const MOST_DIGITS = 16;

/** Digits with or without a minus before them, below 2^53; otherwise NaN. */
export function wholeNumber(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start] === MINUS ? start + 1 : start;
  if (first === end || end - first > MOST_DIGITS) return NaN;
  let value = 0;
  for (let at = first; at < end; at++) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return NaN;
    value = value * 10 + digit;
  }
  if (value > Number.MAX_SAFE_INTEGER) return NaN;
  return first === start || value === 0 ? value : -value;
}

/** Digits with or without a minus before them that fit in 64 bits; otherwise null. */
export function longNumber(bytes: Uint8Array, start: number, end: number): bigint | null {
  const value = wholeNumber(bytes, start, end);
  if (!Number.isNaN(value)) return BigInt(value);
  const text = String.fromCharCode(...bytes.subarray(start, end));
  if (!/^-?[0-9]{1,19}$/.test(text)) return null;
  const long = BigInt(text);
  return long === BigInt.asIntN(64, long) ? long : null;
}

const FLAGS: ReadonlyMap<string, 0 | 1> = new Map([
  ["0", 0],
  ["1", 1],
  ["false", 0],
  ["true", 1],
]);

/** `0` and `1`, `false` and `true` in any letter case; otherwise NaN. */
export function flag(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 5) return NaN;
  return FLAGS.get(String.fromCharCode(...bytes.subarray(start, end)).toLowerCase()) ?? NaN;
}

/** A moment in UTC, in whole seconds since 1970 and the microseconds beyond them. */
export interface Moment {
  seconds: number;
  micros: number;
}

/**
 * `2020-03-31`, with or without ` 10:30`, `T10:30:59.123` behind it; a zone at the end, as `Z` or `+01:00`, moves
 * it to UTC. Digits beyond microseconds are left out. False if the cell is written in another way.
 */
export function readMoment(bytes: Uint8Array, start: number, end: number, into: Moment): boolean {
  const day = dayAt(bytes, start, end);
  if (Number.isNaN(day)) return false;
  into.micros = 0;
  into.seconds = day * 86_400;
  if (end === start + 10) return true;
  const mark = bytes[start + 10];
  if (mark !== T && mark !== SPACE) return false;
  const time = timeAt(bytes, start + 11, end, into);
  if (time < 0) return false;
  return time === end || readZone(bytes, time, end, into);
}

function dayAt(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 10 || bytes[start + 4] !== MINUS || bytes[start + 7] !== MINUS) return NaN;
  const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2);
  return dayNumberOf(year, twoDigits(bytes, start + 5), twoDigits(bytes, start + 8));
}

/** NaN where one of them is no digit. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const [tens, ones] = [(bytes[at] ?? 0) - ZERO, (bytes[at + 1] ?? 0) - ZERO];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

/** The place behind the time of day, or -1. */
function timeAt(bytes: Uint8Array, start: number, end: number, into: Moment): number {
  if (end - start < 5 || bytes[start + 2] !== COLON) return -1;
  const [hours, minutes] = [twoDigits(bytes, start), twoDigits(bytes, start + 3)];
  if (!(hours < 24 && minutes < 60)) return -1;
  into.seconds += hours * 3600 + minutes * 60;
  if (bytes[start + 5] !== COLON || start + 5 >= end) return start + 5;
  const seconds = end - start < 8 ? NaN : twoDigits(bytes, start + 6);
  if (!(seconds < 60)) return -1;
  into.seconds += seconds;
  if (bytes[start + 8] !== POINT || start + 8 >= end) return start + 8;
  return fractionAt(bytes, start + 9, end, into);
}

function fractionAt(bytes: Uint8Array, start: number, end: number, into: Moment): number {
  let at = start;
  for (let worth = 100_000; at < end; at++, worth = Math.floor(worth / 10)) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) break;
    into.micros += digit * worth;
  }
  return at === start || at - start > 9 ? -1 : at;
}

/** `Z`, `+01`, `+0100` or `+01:00`. */
function readZone(bytes: Uint8Array, start: number, end: number, into: Moment): boolean {
  const sign = bytes[start];
  if (sign === Z) return end === start + 1;
  if (sign !== PLUS && sign !== MINUS) return false;
  const hours = end - start < 3 ? NaN : twoDigits(bytes, start + 1);
  const rest = bytes[start + 3] === COLON ? start + 4 : start + 3;
  const minutes = end === start + 3 ? 0 : end === rest + 2 ? twoDigits(bytes, rest) : NaN;
  if (!(hours < 24 && minutes < 60)) return false;
  into.seconds -= (sign === MINUS ? -1 : 1) * (hours * 3600 + minutes * 60);
  return into.seconds >= FIRST_SECOND && into.seconds < END_SECOND;
}

/** Of the years 0001 to 9999. */
const FIRST_SECOND = dayNumberOf(1, 1, 1) * 86_400;
const END_SECOND = (dayNumberOf(9999, 12, 31) + 1) * 86_400;
