/** Random choices: one of several outcomes, or a sample of an exact size. */
import { TWO_TO_32, nextWord, nextBelow } from "./random-stream.ts";
import type { RandomStream } from "./random-stream.ts";

/** Every outcome owns one of equally wide slots and leaves what it does not need to one other. */
interface WeightedChoice {
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

/**
 * One byte per item: 1 for exactly `count` of `among` items, every such choice equally likely, 0 for
 * the others. Items are drawn until so many different ones have come up, or, where that is less work,
 * those left out are.
 */
export function chooseExactly(stream: RandomStream, count: number, among: number): Uint8Array {
  const chosen = new Uint8Array(among);
  const leaveOut = 2 * count > among;
  if (leaveOut) chosen.fill(1);
  const mark = leaveOut ? 0 : 1;
  let wanted = leaveOut ? among - count : count;
  while (wanted > 0) {
    const item = nextBelow(stream, among);
    // Counts items that were not marked yet without a branch, which nobody could predict.
    wanted -= mark ^ (chosen[item] ?? mark);
    chosen[item] = mark;
  }
  return chosen;
}
