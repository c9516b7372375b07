/** Whether a file or folder was left behind by a process that is gone. */
import { closeSync, fstatSync, lstatSync, openSync, rmSync } from "node:fs";
import { lifeOf } from "./owner.ts";
import type { Owner } from "./owner.ts";
import { partialPathFor } from "./partial-files.ts";

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

/** Of an owner that cannot be judged, or without one: when nobody has changed it for a day. */
export function isDead(path: string, owner: Owner | null): boolean {
  const life = owner === null ? "unknown" : lifeOf(owner);
  return life === "unknown" ? isOld(path) : life === "dead";
}

/**
 * Wall-clock time of the file system: those of two machines that share a disk may differ. False where that
 * cannot be asked.
 */
function isOld(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return false;
  const now = timeBeside(path);
  return now !== null && now - found.mtimeMs > DAY_MILLISECONDS;
}

function timeBeside(path: string): number | null {
  const file = partialPathFor(path);
  try {
    const descriptor = openSync(file, "wx");
    const { mtimeMs } = fstatSync(descriptor);
    closeSync(descriptor);
    return mtimeMs;
  } catch {
    return null;
  } finally {
    rmSync(file, { force: true });
  }
}
