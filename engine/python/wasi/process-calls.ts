/** The calls of WASI preview 1 that are about the program itself: words, clock, chance, its end. */
import type { GuestMemory } from "./guest-memory.ts";

/** What a program is started with. */
export interface GuestWorld {
  readonly words: readonly string[];
  /** Nanoseconds since 1970: the clock stands still but for a microsecond a look. */
  readonly now: bigint;
  /** Changes as the program runs. */
  readonly steps: GuestSteps;
  /** Hears of each look at the clock before it is answered; may end the program by throwing. */
  readonly onClock?: () => void;
}

/** How far a program is in what is the same in each run. */
export interface GuestSteps {
  /** Looks at the clock. */
  looks: number;
  /** Of chance. */
  seed: number;
}

export function firstSteps(): GuestSteps {
  return { looks: 0, seed: 12_345 };
}

/** The program has ended itself. */
export class GuestExit extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`ended with ${code}`);
    this.code = code;
  }
}

const MICROSECOND = 1000n;

/** Chance is the same in each run, and with it the order of a set of texts: equal input gives equal studies. */
export function processCalls(memory: GuestMemory, { words, now, steps, onClock }: GuestWorld) {
  const encoded = words.map((word) => new TextEncoder().encode(`${word}\0`));
  return {
    args_sizes_get: (count: number, bytes: number) => {
      memory.writeWord(count, encoded.length);
      memory.writeWord(
        bytes,
        encoded.reduce((sum, { length }) => sum + length, 0),
      );
    },
    args_get: (pointers: number, bytes: number) => {
      let at = bytes;
      for (const [i, word] of encoded.entries()) {
        memory.writeWord(pointers + 4 * i, at);
        memory.bytes(at, word.length).set(word);
        at += word.length;
      }
    },
    environ_sizes_get: (count: number, bytes: number) => {
      memory.writeWord(count, 0);
      memory.writeWord(bytes, 0);
    },
    environ_get: () => undefined,
    clock_res_get: (_clock: number, at: number) => {
      memory.writeLong(at, MICROSECOND);
    },
    clock_time_get: (_clock: number, _precision: bigint, at: number) => {
      onClock?.();
      memory.writeLong(at, now + BigInt(steps.looks) * MICROSECOND);
      steps.looks += 1;
    },
    random_get: (at: number, length: number) => {
      const bytes = memory.bytes(at, length);
      for (let i = 0; i < length; i++) {
        steps.seed = (Math.imul(steps.seed, 1_103_515_245) + 12_345) >>> 0;
        bytes[i] = steps.seed >>> 16;
      }
    },
    sched_yield: () => undefined,
    proc_exit: (code: number) => {
      throw new GuestExit(code);
    },
  };
}
