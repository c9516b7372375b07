/** A random sample of an exact size. */
import { nextBelow } from "./random-stream.ts";
import type { RandomStream } from "./random-stream.ts";

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
