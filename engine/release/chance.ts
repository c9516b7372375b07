/** How likely it is that numbers which are no patients' numbers hit so many of them. */
import { isNumberKey } from "./patient-key.ts";

/**
 * The chance that of `values` numbers at least `hits` are patients' numbers, where one number in
 * 1/`each` is: Chernoff's bound, which is never too low. 1 where so many are to be expected.
 */
export function chanceOf(hits: number, values: number, each: number): number {
  const share = hits / values;
  if (share <= each) return 1;
  const miss = share === 1 ? 0 : (1 - share) * Math.log((1 - share) / (1 - each));
  return Math.exp(-values * (share * Math.log(share / each) + miss));
}

const NEIGHBOURS = 8;
const MOST_ASKED = 20_000;

/**
 * Numbers next to those of a column, as a comparison: a count or an age hits a patient's number as
 * often as the numbers beside it do, however dense patients' numbers are there. Steps are as wide as
 * all numbers have in common: those of counts rounded to tens are tens.
 */
export function neighboursOf(keys: ReadonlySet<string>): ReadonlySet<string> {
  const numbers = evenly([...keys].filter(isNumberKey)).map(BigInt);
  const step = commonStep(numbers);
  const found = new Set<string>();
  for (const number of numbers) {
    for (let i = -NEIGHBOURS; i <= NEIGHBOURS; i++) {
      const near = number + BigInt(i) * step;
      const key = String(near);
      if (near >= 0n && !keys.has(key)) found.add(key);
    }
  }
  return found;
}

function evenly(keys: readonly string[]): readonly string[] {
  const every = Math.ceil(keys.length / MOST_ASKED);
  return every <= 1 ? keys : keys.filter((_, i) => i % every === 0);
}

function commonStep(numbers: readonly bigint[]): bigint {
  let step = 0n;
  for (const number of numbers) {
    let rest = number;
    while (rest !== 0n) [step, rest] = [rest, step % rest];
    if (step === 1n) break;
  }
  return step === 0n ? 1n : step;
}
