/** 64-bit numbers put together from numbers that are exact, without a BigInt for each. */

const TWO_32 = 2 ** 32;

/** `words` are the halves of 64-bit numbers, the lower one first. */
export function putWhole(words: Int32Array, at: number, value: number): void {
  const high = Math.floor(value / TWO_32);
  words[2 * at] = value - high * TWO_32;
  words[2 * at + 1] = high;
}

/** Microseconds of a moment: beyond 2^53 from the year 2255 on, so that a number would round them. */
export function putMicros(words: Int32Array, at: number, seconds: number, micros: number): void {
  // A million is 15625 times 64: the first factor stays below 2^53, the second only moves bits.
  const scaled = seconds * 15_625;
  const high = Math.floor(scaled / 2 ** 26);
  const low = (scaled - high * 2 ** 26) * 64 + micros;
  const carried = Math.floor(low / TWO_32);
  words[2 * at] = low - carried * TWO_32;
  words[2 * at + 1] = high + carried;
}
