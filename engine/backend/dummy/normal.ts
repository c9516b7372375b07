/** Normally distributed numbers. */
import { TWO_TO_32, nextWord } from "./random-stream.ts";
import type { RandomStream } from "./random-stream.ts";

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
