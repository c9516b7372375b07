/** What a lock says of who holds it, and whether that process still lives. */
import { isDead } from "./left-behind.ts";
import { bootOf, isRunning, lifeOf, thisMachine, thisOwner } from "./owner.ts";
import { readSmallFile } from "./small-file.ts";

export interface LockHolder {
  readonly process: number;
  readonly host: string;
  /** The start of its machine and of the process; "" where the system has no /proc. */
  readonly born: string;
  /** Of its numbers, see `Owner`; absent in locks of earlier versions. */
  readonly place?: string;
  /** Absent where several machines could have the same. */
  readonly machine?: string;
  /** UTC. */
  readonly since: string;
  readonly run: string;
  readonly wanted: readonly string[];
}

export type Held =
  | { readonly kind: "free" }
  | { readonly kind: "damaged" }
  | { readonly kind: "held"; readonly holder: LockHolder; readonly isSure: boolean }
  | { readonly kind: "left"; readonly holder: LockHolder };

export type Holding = Pick<LockHolder, "process" | "host" | "since" | "run" | "wanted">;

export function holderText(holding: Holding): string {
  const { born, place } = thisOwner();
  const machine = thisMachine();
  const of = { ...holding, born: born === 0 ? "" : `${bootOf()} ${born}`, place };
  return JSON.stringify(machine === null ? of : { ...of, machine });
}

/** `text` is what the lock file holds, null where there is none. */
export function heldBy(file: string, text: string | null, host: string): Held {
  if (text === null) return { kind: "free" };
  const holder = parseHolder(text);
  if (holder === null) return { kind: "damaged" };
  const life = lifeOfHolder(holder, host);
  if (life === "dead") return { kind: "left", holder };
  if (life === "unknown" && isDead(file, null)) return { kind: "left", holder };
  return { kind: "held", holder, isSure: life === "alive" };
}

/** Null where there is none. Problems: those of `readSmallFile`. */
export function lockText(file: string): string | null {
  return readSmallFile(file, { most: 1 << 20, follow: false })?.toString("utf8") ?? null;
}

function lifeOfHolder(holder: LockHolder, here: string): ReturnType<typeof lifeOf> {
  const { process, born, place, machine, host } = holder;
  const [boot = "", ticks = ""] = born.split(" ");
  // Processes do not survive a restart of their machine.
  if (machine !== undefined && machine === thisMachine() && boot !== bootOf()) return "dead";
  if (place === undefined && host !== here) return "unknown";
  if (born === "") return isRunning(process) ? "alive" : "dead";
  return lifeOf({ process, born: Number(ticks), place: place ?? thisOwner().place });
}

function parseHolder(text: string): LockHolder | null {
  try {
    const held = JSON.parse(text) as Partial<Record<keyof LockHolder, unknown>> | null;
    return held !== null && isHolder(held) ? held : null;
  } catch {
    return null;
  }
}

function isHolder(held: Partial<Record<keyof LockHolder, unknown>>): held is LockHolder {
  const { process, wanted, place = "", machine = "" } = held;
  const texts = [held.host, held.born, held.since, held.run, place, machine];
  return (
    Number.isSafeInteger(process) &&
    Number(process) > 0 &&
    texts.every((text) => typeof text === "string") &&
    Array.isArray(wanted) &&
    wanted.every((each) => typeof each === "string")
  );
}
