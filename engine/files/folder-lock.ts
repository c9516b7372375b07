/** One command at a time in an output folder, so that neither loses what the other records there. */
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fail } from "./problems.ts";
import { tryLock } from "./lock.ts";
import type { Lock } from "./lock.ts";

/** Hidden, and no output of any action. */
export const FOLDER_LOCK = ".cohortline.lock";

export interface FolderUse {
  /** The command, as people know it: generate_measures. */
  readonly doing: string;
  /** UTC. */
  readonly since: string;
  /** How long another one is waited for; a moment if it is not said. */
  readonly patience?: number;
}

const MOMENT_MILLISECONDS = 3_000;
const LOOK_EVERY_MILLISECONDS = 50;

/**
 * Does the work while nobody else does such work in the folder, which must exist. Waits a moment for another
 * one to end, then says who it is: folder-locked; lock-damaged where the lock does not say it.
 */
export async function withFolderLock<T>(
  folder: string,
  use: FolderUse,
  work: () => Promise<T>,
): Promise<T> {
  const lock = await folderLock(folder, use);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** The same for several folders; in one order everywhere, so that nobody waits for each other. */
export function withFolderLocks<T>(
  folders: readonly string[],
  use: FolderUse,
  work: () => Promise<T>,
): Promise<T> {
  const [first, ...others] = folders;
  if (first === undefined) return work();
  return withFolderLock(first, use, () => withFolderLocks(others, use, work));
}

async function folderLock(folder: string, use: FolderUse): Promise<Lock> {
  const { doing, since, patience = MOMENT_MILLISECONDS } = use;
  const file = join(folder, FOLDER_LOCK);
  const holding = { process: process.pid, host: hostname(), since, run: "", wanted: [doing] };
  const end = performance.now() + patience;
  for (;;) {
    const taken = tryLock(file, holding);
    if (taken.kind === "taken") return taken.lock;
    if (performance.now() < end) await wait(LOOK_EVERY_MILLISECONDS);
    else if (taken.kind === "damaged") fail("lock-damaged", { file });
    else {
      const { process: pid, host, since: from, wanted } = taken.holder;
      fail("folder-locked", { folder, process: pid, host, since: from, doing: wanted.join(", ") });
    }
  }
}
