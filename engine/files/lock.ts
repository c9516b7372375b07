/** One run at a time in a folder. */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { fail } from "../base/problems.ts";
import { readJson } from "./json-file.ts";

export interface LockHolder {
  readonly process: number;
  readonly host: string;
  /** Of the process, as the system tells it: a number that is used again belongs to another process. */
  readonly born: string;
  /** UTC. */
  readonly since: string;
  readonly run: string;
  readonly wanted: readonly string[];
}

export interface Lock {
  /** The run whose process died and left its lock; null where there was none. */
  readonly takenOverFrom: string | null;
  readonly release: () => void;
}

/** Problem: run-locked, which says who holds it. A lock of a process that is gone is taken over. */
export function takeLock(file: string, holder: Omit<LockHolder, "born">): Lock {
  const text = JSON.stringify({ ...holder, born: birthOf(holder.process) });
  const release = (): void => {
    if (textOf(file) === text) rmSync(file, { force: true });
  };
  if (placed(file, text)) return { takenOverFrom: null, release };
  const left = textOf(file);
  const held = readJson(file) as LockHolder | null;
  if (held !== null && isAlive(held, holder.host)) refuse(held);
  takeAway(file, left);
  if (!placed(file, text)) refuse(readJson(file) as LockHolder | null);
  return { takenOverFrom: held?.run ?? null, release };
}

function refuse(held: LockHolder | null): never {
  const { process = 0, host = "?", since = "?", wanted = [] } = held ?? {};
  return fail("run-locked", { process, host, since, wanted });
}

/** Complete when it gets its name; false if there is one. */
function placed(file: string, text: string): boolean {
  const own = `${file}.${randomBytes(8).toString("hex")}`;
  writeFileSync(own, text);
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Two that find a dead lock: only one of them takes it, and neither takes the other's new one. */
function takeAway(file: string, left: string | null): void {
  const away = `${file}.${randomBytes(8).toString("hex")}`;
  try {
    renameSync(file, away);
  } catch {
    return;
  }
  if (textOf(away) !== left) {
    try {
      linkSync(away, file);
    } catch {
      // A third one was quicker; the next look will tell.
    }
  }
  rmSync(away, { force: true });
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

/** A lock of another machine, on a shared disk, cannot be judged and counts as held. */
function isAlive({ process: pid, host, born }: LockHolder, here: string): boolean {
  if (host !== here) return true;
  return isRunning(pid) && (born === "" || birthOf(pid) === born);
}

export function isRunning(pid: number): boolean {
  try {
    // Signal 0 only asks whether the process is there.
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Clock ticks since the machine started, and which start that was; "" where the system has no /proc. */
export function birthOf(pid: number): string {
  const stat = textOf(`/proc/${pid}/stat`);
  const boot = textOf("/proc/sys/kernel/random/boot_id")?.trim() ?? "";
  // The name of the program stands in parentheses and may hold blanks.
  const ticks = stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  return ticks === undefined ? "" : `${boot} ${ticks}`;
}
