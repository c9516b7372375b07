/** A sandbox thread started before it is known which study it will run. */
import { openGuest } from "./open-guest.ts";
import type { OpenGuest } from "./open-guest.ts";
import { defaultLimits } from "./sandbox-limits.ts";

let ready: Promise<OpenGuest> | null = null;

/**
 * Starts the thread of the next study with the default limits. It keeps no process alive: where no study
 * comes, it ends with the process.
 */
export function prewarmWorker(): void {
  ready ??= openGuest(defaultLimits).then((guest) => {
    guest.worker.unref();
    return guest;
  });
  // The error reaches whoever takes the thread.
  ready.catch(() => undefined);
}

/** The thread that was started, once; null where none was. */
export async function takePrewarmedWorker(): Promise<OpenGuest | null> {
  const taken = ready;
  ready = null;
  const guest = await taken;
  guest?.worker.ref();
  return guest;
}
