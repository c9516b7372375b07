/** One at a time in a folder: a file that exists while somebody holds it. */
import { linkSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { fail } from "./problems.ts";
import { failForFile, systemCode } from "./file-problem.ts";
import { heldBy, holderText, lockText } from "./lock-holder.ts";
import type { Held, Holding } from "./lock-holder.ts";
import { partialPathFor } from "./partial-files.ts";

export interface Lock {
  /** The run whose process died and left its lock; null where there was none. */
  readonly takenOverFrom: string | null;
  readonly release: () => void;
}

/**
 * Problems: run-locked, which says who holds it; lock-damaged. A lock of a process that is gone is taken
 * over; one of which nothing can be known, because its process is elsewhere, after a day without a sign.
 */
export function takeLock(file: string, holding: Holding): Lock {
  const taken = tryLock(file, holding);
  return taken.kind === "taken" ? taken.lock : refuse(file, taken);
}

/** What keeps the lock from being taken. */
export type Taken =
  { readonly kind: "taken"; readonly lock: Lock } | Extract<Held, { kind: "held" | "damaged" }>;

export function tryLock(file: string, holding: Holding): Taken {
  const text = holderText(holding);
  const release = keptAlive(file, text);
  if (placed(file, text)) return { kind: "taken", lock: { takenOverFrom: null, release } };
  const left = lockText(file);
  const held = heldBy(file, left, holding.host);
  if (held.kind === "held" || held.kind === "damaged") return withoutSigns(held, release);
  if (left !== null) takeAway(file, left);
  if (!placed(file, text)) {
    const now = heldBy(file, lockText(file), holding.host);
    return withoutSigns(now.kind === "held" ? now : { kind: "damaged" }, release);
  }
  const takenOverFrom = held.kind === "left" ? held.holder.run : null;
  return { kind: "taken", lock: { takenOverFrom, release } };
}

function withoutSigns<T>(held: T, release: () => void): T {
  release();
  return held;
}

function refuse(file: string, held: Exclude<Taken, { kind: "taken" }>): never {
  if (held.kind === "damaged") return fail("lock-damaged", { file });
  const { process, host, since, wanted } = held.holder;
  return fail("run-locked", { process, host, since, wanted, isSure: held.isSure });
}

const SIGN_EVERY_MILLISECONDS = 10 * 60 * 1000;

/** Gives the release; until then the file shows a sign of life to those who cannot see the process. */
function keptAlive(file: string, text: string): () => void {
  const sign = setInterval(() => {
    showLife(file);
  }, SIGN_EVERY_MILLISECONDS);
  sign.unref();
  return () => {
    clearInterval(sign);
    if (isText(file, text)) rmSync(file, { force: true });
  };
}

/** Changes the time of a file or folder; its owner may have removed it meanwhile. */
export function showLife(path: string): void {
  const now = (performance.timeOrigin + performance.now()) / 1000;
  try {
    utimesSync(path, now, now);
  } catch {
    // Whoever looks will judge it by what is there.
  }
}

/** Complete when it gets its name; false if there is one. */
function placed(file: string, text: string): boolean {
  const own = partialPathFor(file);
  try {
    writeFileSync(own, text, { flag: "wx" });
    linkSync(own, file);
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    return hasNoLinks(error) ? madeDirectly(file, text) : failForFile(error, file, "write");
  } finally {
    rmSync(own, { force: true });
  }
}

function hasNoLinks(error: unknown): boolean {
  const isLink = error instanceof Error && "syscall" in error && error.syscall === "link";
  return isLink && ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes(systemCode(error) ?? "");
}

function madeDirectly(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: "wx" });
    return true;
  } catch (error) {
    return systemCode(error) === "EEXIST" ? false : failForFile(error, file, "write");
  }
}

/** Two that find a dead lock: only one of them takes it, and neither takes the other's new one. */
function takeAway(file: string, left: string): void {
  const away = partialPathFor(file);
  try {
    renameSync(file, away);
  } catch {
    return;
  }
  if (!isText(away, left)) {
    try {
      linkSync(away, file);
    } catch {
      // A third one was quicker; the next look will tell.
    }
  }
  rmSync(away, { force: true });
}

function isText(file: string, text: string): boolean {
  try {
    return lockText(file) === text;
  } catch {
    return false;
  }
}
