/** Normal and Poisson numbers. */
import { TWO_TO_32, nextWord } from "./random-stream.ts";
import type { RandomStream } from "./random-stream.ts";
import { choose, weightedChoice } from "./choices.ts";

const HALF = TWO_TO_32 / 2;

/**
 * Fills the array: Marsaglia's polar method. It needs nothing but a logarithm and square roots, which
 * give the same digits on every machine.
 */
export function fillNormal(
  values: Float64Array,
  stream: RandomStream,
  { mean, stddev }: { readonly mean: number; readonly stddev: number },
): void {
  for (let at = 0; at < values.length;) {
    const x = (nextWord(stream) + 0.5) / HALF - 1;
    const y = (nextWord(stream) + 0.5) / HALF - 1;
    const square = x * x + y * y;
    if (square >= 1) continue;
    const stretch = stddev * Math.sqrt((-2 * Math.log(square)) / square);
    values[at++] = mean + x * stretch;
    // Beyond an odd end this is written nowhere.
    values[at++] = mean + y * stretch;
  }
}

/** Above it the counts are drawn as rounded normal numbers; nobody could tell the two apart. */
const LARGE_MEAN = 1e6;

/** Fills the array with counts of this mean, which is 0 or more. */
export function fillPoisson(values: Float64Array, stream: RandomStream, mean: number): void {
  if (mean > LARGE_MEAN) {
    fillNormal(values, stream, { mean, stddev: Math.sqrt(mean) });
    for (let at = 0; at < values.length; at++) values[at] = Math.round(values[at] ?? 0);
    return;
  }
  const { first, probabilities } = poissonTable(mean);
  const counts = weightedChoice(probabilities);
  for (let at = 0; at < values.length; at++) values[at] = first + choose(counts, stream);
}

/** Every count whose probability is more than about 1e-20, computed outwards from the likeliest. */
function poissonTable(mean: number): { first: number; probabilities: number[] } {
  const mode = Math.floor(mean);
  const below: number[] = [];
  const above: number[] = [];
  for (let k = mode, p = 1; k > 0 && p > 1e-20; k--) below.push((p *= k / mean));
  for (let k = mode + 1, p = mean / k; p > 1e-20; p *= mean / ++k) above.push(p);
  const weights = [...below.reverse(), 1, ...above];
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { first: mode - below.length, probabilities: weights.map((weight) => weight / sum) };
}
