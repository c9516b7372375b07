/** Floats of 32 bits, as other programs write them. */

/** All whole numbers below are exact in 32 bits. */
const EXACT = 2 ** 24;

/** From here on six digits survive 32 bits; smaller numbers have fewer bits. */
const SMALLEST_NORMAL = 2 ** -126;

/**
 * The number of fewest digits that a 32-bit float stands for: 27.9 and not 27.899999618530273
 *.
 */
export function shortest(single: number): number {
  if (Number.isInteger(single) && Math.abs(single) < EXACT) return single;
  const fewest = Math.abs(single) < SMALLEST_NORMAL ? 1 : 6;
  // Nine digits always tell two floats apart.
  for (let digits = fewest; digits < 9; digits++) {
    const number = Number(single.toPrecision(digits));
    if (Math.fround(number) === single) return number;
  }
  return Number(single.toPrecision(9));
}
