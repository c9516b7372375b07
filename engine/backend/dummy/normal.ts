/** Normally distributed numbers. */
import { TWO_TO_32 } from "./random-stream.ts";
import type { RandomStream } from "./random-stream.ts";

/**
 * Draws with mean 0 and standard deviation 1: Marsaglia's polar method. It needs nothing but a
 * logarithm and square roots, which give the same digits on every machine.
 */
export function standardNormal(next: RandomStream): () => number {
  let spare = NaN;
  return () => {
    if (!Number.isNaN(spare)) {
      const kept = spare;
      spare = NaN;
      return kept;
    }
    for (;;) {
      const x = (next() + 0.5) / (TWO_TO_32 / 2) - 1;
      const y = (next() + 0.5) / (TWO_TO_32 / 2) - 1;
      const square = x * x + y * y;
      if (square >= 1) continue;
      const stretch = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * stretch;
      return x * stretch;
    }
  };
}
