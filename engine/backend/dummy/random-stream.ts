/** Repeatable random numbers: one independent stream per name, the same on every machine. */
import { createHash } from "node:crypto";

/**
 * The state of xoshiro128** 1.1 (Blackman and Vigna; period 2^128 - 1): four 32-bit words. Plain data
 * and a function on it, because the compiler makes that three times as fast as a closure.
 */
export interface RandomStream {
  a: number;
  b: number;
  c: number;
  d: number;
}

export const TWO_TO_32 = 4_294_967_296;

/**
 * The stream of that name. Streams of different names have nothing in common: the state is cut from
 * the SHA-256 of the name's parts.
 */
export function randomStream(name: readonly (string | null)[]): RandomStream {
  const digest = createHash("sha256").update(JSON.stringify(name), "utf8").digest();
  return {
    a: digest.readInt32LE(0),
    b: digest.readInt32LE(4),
    c: digest.readInt32LE(8),
    // All zero is the one state that stays where it is.
    d: digest.readInt32LE(12) | 1,
  };
}

/** The next uniform whole number from 0 to 2^32 - 1. */
export function nextWord(stream: RandomStream): number {
  const { a, b, c, d } = stream;
  const scrambled = Math.imul(rotate(Math.imul(b, 5), 7), 9);
  const c1 = c ^ a;
  const d1 = d ^ b;
  stream.a = a ^ d1;
  stream.b = b ^ c1;
  stream.c = c1 ^ (b << 9);
  stream.d = rotate(d1, 11);
  return scrambled >>> 0;
}

/** Uniform from 0 to 1, both excluded: its logarithm is finite. */
export function nextOpen(stream: RandomStream): number {
  return (nextWord(stream) + 0.5) / TWO_TO_32;
}

/** A uniform whole number from 0 to `below` - 1, where `below` is at most 2^31. */
export function nextBelow(stream: RandomStream, below: number): number {
  return (nextWord(stream) * (below / TWO_TO_32)) | 0;
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
