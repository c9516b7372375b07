/** A clock that stands still and chance that is the same in each run: equal input gives equal studies. */
import type { GuestWorld } from "./process-calls.ts";

export interface StillWorld {
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

const MICROSECOND = 1000n;

export function stillWorld({
  now,
  steps,
  onClock,
}: StillWorld): Pick<GuestWorld, "time" | "chance"> {
  return {
    time: () => {
      onClock?.();
      const time = now + BigInt(steps.looks) * MICROSECOND;
      steps.looks += 1;
      return time;
    },
    chance: seededChance(steps),
  };
}

/** With it comes the order of a set of texts. */
export function seededChance(steps: Pick<GuestSteps, "seed">): (bytes: Uint8Array) => void {
  return (bytes) => {
    for (let i = 0; i < bytes.length; i++) {
      steps.seed = (Math.imul(steps.seed, 1_103_515_245) + 12_345) >>> 0;
      bytes[i] = steps.seed >>> 16;
    }
  };
}
