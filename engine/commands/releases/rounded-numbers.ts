/** Whether numbers of patients are rounded, seen by the numbers themselves. */

/** Of numbers rounded to 5, and of those in the middle of six. */
const LEAST = { five: 8, six: 3 } as const;

/** What is against a column's numbers, without any of them; null where nothing is. Zeros may stay. */
export function roundingFault(numbers: readonly number[]): string | null {
  const shown = numbers.filter((number) => number !== 0);
  const to = roundingOf(shown);
  if (to === null) return "is not rounded: neither to 5 nor to the middle of six";
  const least = shown.reduce((low, number) => Math.min(low, number), Infinity);
  return least < LEAST[to] ? `shows a number below ${LEAST[to]}` : null;
}

function roundingOf(numbers: readonly number[]): keyof typeof LEAST | null {
  if (numbers.every((number) => number % 6 === 3)) return "six";
  return numbers.every((number) => number % 5 === 0) ? "five" : null;
}
