/**
 * Who a file or folder belongs to that must not outlive its process. A process number alone says little:
 * it is used again, and in two containers that share a folder the same number is two processes. So an
 * owner is the number, the birth of the process, and the place where both can be looked up.
 */
import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

export interface Owner {
  readonly process: number;
  /** Clock ticks from the start of the machine to that of the process; 0 where the system has no /proc. */
  readonly born: number;
  /** 12 letters for one start of one machine and one namespace of process numbers on it. */
  readonly place: string;
}

/** Of another place nothing can be known: another container, another machine, or before a restart. */
export type Life = "alive" | "dead" | "unknown";

let here: Owner | null = null;

export function thisOwner(): Owner {
  here ??= { process: process.pid, born: birthOf(process.pid) ?? 0, place: thisPlace() };
  return here;
}

export function lifeOf(owner: Owner): Life {
  if (owner.place !== thisOwner().place) return "unknown";
  if (!isRunning(owner.process)) return "dead";
  const born = birthOf(owner.process);
  return born === null || born === owner.born ? "alive" : "dead";
}

export function isRunning(pid: number): boolean {
  // 0 and negative numbers are groups of processes.
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    // Signal 0 only asks whether the process is there.
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

const TOKEN = /^(\d{1,10})-(\d{1,16})-([0-9a-f]{12})$/;

/** As part of a file's name. */
export function ownerToken({ process: pid, born, place }: Owner): string {
  return `${pid}-${born}-${place}`;
}

export function parseOwner(token: string): Owner | null {
  const [, pid, born, place] = TOKEN.exec(token) ?? [];
  if (pid === undefined || born === undefined || place === undefined) return null;
  return { process: Number(pid), born: Number(born), place };
}

/** Null where the system has no /proc, or no such process. */
function birthOf(pid: number): number | null {
  const stat = textOf(`/proc/${pid}/stat`);
  // The name of the program stands in parentheses and may hold blanks.
  const ticks = stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  return ticks === undefined ? null : Number(ticks);
}

function thisPlace(): string {
  const boot = bootOf();
  return shortHash(boot === "" ? [hostname()] : [boot, namespace()]);
}

/** Which start of the machine this is; "" where the system has no /proc. */
export function bootOf(): string {
  return textOf("/proc/sys/kernel/random/boot_id")?.trim() ?? "";
}

/** What the first namespace of process numbers is called on every Linux. */
const FIRST_NAMESPACE = "pid:[4026531836]";

/** Null in a container, where the file that names the machine comes from an image that many have. */
export function thisMachine(): string | null {
  const id = namespace() === FIRST_NAMESPACE ? textOf("/etc/machine-id")?.trim() : undefined;
  return id === undefined || id === "" ? null : shortHash([id, hostname()]);
}

function shortHash(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 12);
}

function namespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return hostname();
  }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
