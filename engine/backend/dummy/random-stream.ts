/** Repeatable random numbers: one independent stream per name, the same on every machine. */
import { createHash } from "node:crypto";

/** Uniform integers from 0 to 2^32 - 1. */
export type RandomStream = () => number;

export const TWO_TO_32 = 4_294_967_296;

/**
 * The stream of that name. Streams of different names have nothing in common: the state is the first
 * 128 bits of the SHA-256 of the name's parts. xoshiro128** 1.1 of Blackman and Vigna, period 2^128 - 1.
 */
export function randomStream(name: readonly (string | null)[]): RandomStream {
  const digest = createHash("sha256").update(JSON.stringify(name), "utf8").digest();
  let a = digest.readInt32LE(0);
  let b = digest.readInt32LE(4);
  let c = digest.readInt32LE(8);
  // All zero is the one state that stays where it is.
  let d = digest.readInt32LE(12) | 1;
  return () => {
    const scrambled = Math.imul(rotate(Math.imul(b, 5), 7), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return scrambled >>> 0;
  };
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** Uniform in the open interval from 0 to 1: its logarithm is finite. */
export function openUniform(next: RandomStream): number {
  return (next() + 0.5) / TWO_TO_32;
}

/** A whole number from 0 to `below` - 1; `below` is far less than 2^32. */
export function wholeBelow(next: RandomStream, below: number): number {
  return Math.floor((next() / TWO_TO_32) * below);
}
