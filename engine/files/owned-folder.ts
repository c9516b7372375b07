/** Folders for what must not outlive its process: working folders of programs, what a database spills. */
import { randomBytes } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { fail } from "./problems.ts";
import { failForFile, systemCode } from "./file-problem.ts";
import { isDead } from "./left-behind.ts";
import { showLife } from "./lock.ts";
import { ownerToken, parseOwner, thisOwner } from "./owner.ts";
import type { Owner } from "./owner.ts";
import { removeTree } from "./remove-tree.ts";

const OWNED = /^cohortline-(\d+-\d+-[0-9a-f]{12})-[0-9a-f]{16}$/;
const OWNER_ONLY = 0o700;
const SIGN_EVERY_MILLISECONDS = 10 * 60 * 1000;

export interface OwnedFolder {
  /** Absolute, links resolved. */
  readonly path: string;
  readonly remove: () => void;
}

/**
 * For its owner alone. Its name says which process it belongs to, so that a later command finds it if this
 * one is killed. Problems: those of the file system.
 */
export function makeOwnedFolder(
  below: string,
  refuse: (error: unknown, path: string) => never = refuseToMake,
): OwnedFolder {
  const name = `cohortline-${ownerToken(thisOwner())}-${randomBytes(8).toString("hex")}`;
  const path = join(below, name);
  try {
    mkdirSync(path, { mode: OWNER_ONLY });
  } catch (error) {
    refuse(error, path);
  }
  const sign = setInterval(() => {
    showLife(path);
  }, SIGN_EVERY_MILLISECONDS);
  sign.unref();
  const remove = (): void => {
    clearInterval(sign);
    removeTree(path);
  };
  return { path: realpathSync(path), remove };
}

/** In the folder for temporary files of this machine. Problem: no-temporary-folder, with the way out. */
export function makeTemporaryFolder(temporary: string): OwnedFolder {
  return makeOwnedFolder(temporary, (error) => {
    const answer = systemCode(error);
    if (answer === null) throw error;
    return fail("no-temporary-folder", { folder: temporary, why: refusals[answer] ?? answer });
  });
}

function refuseToMake(error: unknown, path: string): never {
  return failForFile(error, path, "write");
}

const refusals: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  EACCES: "may not be written to",
  EPERM: "may not be written to",
  EROFS: "is read-only",
  ENOSPC: "is on a full disk",
  EDQUOT: "is on a full disk",
  ENOTDIR: "is no folder",
};

/** Null for a name of another shape. */
export function ownerOfFolder(name: string): Owner | null {
  const token = OWNED.exec(name)?.[1];
  return token === undefined ? null : parseOwner(token);
}

/** Folders of this user below `folder` whose process is gone, or, if it cannot be judged, silent for a day. */
export function deadFolders(folder: string): readonly string[] {
  return ownedFolders(folder)
    .filter(({ path, owner }) => isDead(path, owner))
    .map(({ path }) => path);
}

/** Whether their process lives or not. Nothing where the folder cannot be read. */
export function ownedFolders(
  folder: string,
): readonly { readonly path: string; readonly owner: Owner }[] {
  return namesIn(folder).flatMap((name) => {
    const owner = ownerOfFolder(name);
    const path = join(folder, name);
    return owner !== null && isOurs(path) ? [{ path, owner }] : [];
  });
}

/** What killed processes left there goes; what cannot be removed stays for the next time. */
export function sweepOwnedFolders(folder: string): void {
  for (const path of deadFolders(folder)) {
    try {
      removeTree(path);
    } catch {
      // A file in it may belong to a container's other user.
    }
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** In a folder where everybody may write, another user may have made one of such a name. */
function isOurs(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  const me = process.geteuid?.();
  return found?.isDirectory() === true && (me === undefined || found.uid === me);
}
