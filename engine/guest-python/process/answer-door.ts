/** The process's side of the door: what a guest may ask, and nothing else. */
import type { GuestEnd, GuestRequest } from "../guest-request.ts";
import type { DoorPort, DoorQuestion } from "./guest-door.ts";

export interface DoorKeeper {
  /** Hears when the guest has been at one thing for longer than it may; `at` says what it was. */
  readonly onLate: (hear: (at: string) => void) => void;
  /** Called once when the guest has ended: what is left to be written, and how the action ends by that. */
  readonly finish: (end: GuestEnd) => Promise<GuestEnd>;
}

export function answerDoor(_request: GuestRequest, { port, bell }: DoorPort): DoorKeeper {
  const stops: GuestEnd["stopped"][] = [];
  port.on("message", ({ asked }: DoorQuestion) => {
    const { kind } = JSON.parse(asked) as { readonly kind?: unknown };
    if (kind === "out-of-memory") stops.push("memory");
    port.postMessage({ answer: new Uint8Array() });
    Atomics.store(bell, 0, 1);
    Atomics.notify(bell, 0);
  });
  return {
    onLate: () => undefined,
    finish: (end) => Promise.resolve({ ...end, stopped: stops[0] ?? end.stopped }),
  };
}
