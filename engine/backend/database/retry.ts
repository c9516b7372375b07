/** Trying again what may be tried again: each wait is longer than the one before, and none is like another's. */
import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

export interface Patience {
  /** What is tried again, in what is told of it. */
  readonly server: string;
  /** All tries together. */
  readonly attempts: number;
  /** Before the second try; doubled for each further one. */
  readonly firstWait: number;
  /** In milliseconds. */
  readonly longestWait: number;
  /** Hears of every try that failed. */
  readonly note: (text: string) => void;
}

interface Trying {
  readonly patience: Patience;
  readonly signal: AbortSignal;
  /** Null for what may not be tried again, else the reason in a few words. */
  readonly reason: (error: unknown) => string | null;
}

export async function withRetries<T>(
  act: () => Promise<T>,
  { patience, signal, reason }: Trying,
): Promise<T> {
  const { server, attempts, note } = patience;
  for (let attempt = 1; ; attempt++) {
    try {
      return await act();
    } catch (error) {
      const why = reason(error);
      if (why === null || signal.aborted) throw error;
      const of = `attempt ${attempt} of ${attempts}`;
      if (attempt >= attempts) {
        note(`${server}: ${why} (${of}); giving up`);
        throw error;
      }
      const wait = waitBefore(attempt, patience);
      note(`${server}: ${why} (${of}); trying again in ${(wait / 1000).toFixed(1)} s`);
      await sleep(wait, undefined, { signal }).catch(() => undefined);
      failIfEnded(signal);
    }
  }
}

/** What ends it is an error of ours. */
function failIfEnded({ aborted, reason }: AbortSignal): void {
  if (aborted) throw reason;
}

/** At least half of the wait, so that clients of one server that failed come back one by one. */
function waitBefore(attempt: number, { firstWait, longestWait }: Patience): number {
  const whole = Math.min(longestWait, firstWait * 2 ** (attempt - 1));
  return whole / 2 + randomInt(Math.max(1, Math.floor(whole / 2)));
}
