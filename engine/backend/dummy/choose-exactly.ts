/** A random sample of an exact size. */
import { TWO_TO_32 } from "./random-stream.ts";
import type { RandomStream } from "./random-stream.ts";

/**
 * One byte per item: 1 for exactly `count` of `among` items, every such choice equally likely, 0 for the
 * others. Selection sampling in one pass (Knuth, The Art of Computer Programming 2, algorithm 3.4.2 S).
 */
export function chooseExactly(next: RandomStream, count: number, among: number): Uint8Array {
  const chosen = new Uint8Array(among);
  let wanted = count;
  if (wanted >= among) return chosen.fill(1);
  for (let item = 0; wanted > 0; item++) {
    if (next() * (among - item) >= wanted * TWO_TO_32) continue;
    chosen[item] = 1;
    wanted--;
  }
  return chosen;
}
