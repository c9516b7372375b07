/** One of several outcomes, each with its probability, at the cost of one random number. */
import { TWO_TO_32, nextWord } from "./random-stream.ts";
import type { RandomStream } from "./random-stream.ts";

/** Every outcome owns one of equally wide slots and leaves what it does not need to one other. */
export interface WeightedChoice {
  /** Share of the slot that is its owner's. */
  readonly keep: Float64Array;
  /** Whose the rest of the slot is. */
  readonly alias: Uint32Array;
}

/** The index of one of the probabilities that the choice was made from. */
export function choose({ keep, alias }: WeightedChoice, stream: RandomStream): number {
  const place = nextWord(stream) * (keep.length / TWO_TO_32);
  const slot = place | 0;
  return place - slot < (keep[slot] ?? 1) ? slot : (alias[slot] ?? 0);
}

/** Walker's alias method as Vose builds it. Probabilities add up to 1 but for rounding. */
export function weightedChoice(probabilities: readonly number[]): WeightedChoice {
  const count = probabilities.length;
  // Shrinks as outcomes fill the slots of others.
  const left = Float64Array.from(probabilities, (share) => share * count);
  const alias = new Uint32Array(count);
  const keep = new Float64Array(count).fill(1);
  const poor: number[] = [];
  const rich: number[] = [];
  left.forEach((share, outcome) => (share < 1 ? poor : rich).push(outcome));
  for (let giver = rich.pop(); giver !== undefined && poor.length > 0; giver = rich.pop()) {
    const taker = poor.pop() ?? 0;
    keep[taker] = left[taker] ?? 0;
    alias[taker] = giver;
    const rest = (left[giver] ?? 0) + (left[taker] ?? 0) - 1;
    left[giver] = rest;
    (rest < 1 ? poor : rich).push(giver);
  }
  // What is left adds up to the number of slots left, so those without a giver or taker are full but
  // for rounding: they keep their slots whole.
  return { keep, alias };
}
