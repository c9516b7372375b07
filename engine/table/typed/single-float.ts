/** Floats of 32 bits, as other programs write them. */

/** The number of fewest digits that a 32-bit float stands for. */
export function shortest(single: number): number {
  if (Number.isInteger(single) || !Number.isFinite(single)) return single;
  for (let digits = 6; digits < 9; digits++) {
    const number = Number(single.toPrecision(digits));
    if (Math.fround(number) === single) return number;
  }
  return Number(single.toPrecision(9));
}
