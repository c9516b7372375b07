/** What processes that are gone left behind: for `clean`, which says what it removes. */
import { lstatSync } from "node:fs";
import { join } from "node:path";
import { FOLDER_LOCK } from "./folder-lock.ts";
import { isDead } from "./left-behind.ts";
import { heldBy, lockText } from "./lock-holder.ts";
import { lifeOf } from "./owner.ts";
import type { Owner } from "./owner.ts";
import { ownedFolders, ownerOfFolder } from "./owned-folder.ts";
import { isPartial, ownerOfPartial } from "./partial-files.ts";
import { entriesOf, walkFolder } from "./walk-folder.ts";

export interface LeftBehind {
  readonly path: string;
  readonly what: "working folder" | "unfinished file" | "lock" | "damaged lock";
  readonly bytes: number;
  /** Nothing can be known of its process, which was or is elsewhere, and it is younger than a day. */
  readonly isUnknown: boolean;
}

/** Working folders of this user in the folder for temporary files. */
export function leftInTemporary(temporary: string): readonly LeftBehind[] {
  return ownedFolders(temporary).flatMap(({ path, owner }) =>
    judged(path, "working folder", owner),
  );
}

/** Below a study: partial files, working folders and locks. Links are not followed. */
export function leftInStudy(study: string, host: string): readonly LeftBehind[] {
  const locks = new Set([FOLDER_LOCK, "lock.json"]);
  return entriesBelow(study).flatMap(({ name, path, inMetadata }) => {
    if (isPartial(name)) return judged(path, "unfinished file", ownerOfPartial(name));
    if (inMetadata && ownerOfFolder(name) !== null) {
      return judged(path, "working folder", ownerOfFolder(name));
    }
    const isLock = locks.has(name) && (name === FOLDER_LOCK || inMetadata);
    return isLock ? judgedLock(path, host) : [];
  });
}

function judged(
  path: string,
  what: LeftBehind["what"],
  owner: Owner | null,
): readonly LeftBehind[] {
  const isUnknown = owner === null || lifeOf(owner) === "unknown";
  if (isDead(path, owner)) return [{ path, what, bytes: bytesOf(path), isUnknown: false }];
  return isUnknown ? [{ path, what, bytes: bytesOf(path), isUnknown }] : [];
}

function judgedLock(path: string, host: string): readonly LeftBehind[] {
  const held = heldBy(path, lockText(path), host);
  const lock = { path, bytes: bytesOf(path) };
  if (held.kind === "damaged") return [{ ...lock, what: "damaged lock", isUnknown: false }];
  if (held.kind === "left") return [{ ...lock, what: "lock", isUnknown: false }];
  return held.kind === "held" && !held.isSure ? [{ ...lock, what: "lock", isUnknown: true }] : [];
}

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly inMetadata: boolean;
}

const SKIPPED = new Set([".git", "node_modules"]);

/** What is found is not entered: it goes as a whole. */
function entriesBelow(study: string): readonly Entry[] {
  const found: Entry[] = [];
  walkFolder(study, ({ name }, inside) => {
    const inMetadata = inside === "metadata" || inside.startsWith("metadata/");
    found.push({ name, path: join(study, inside), inMetadata });
    const isLeft = isPartial(name) || (inMetadata && ownerOfFolder(name) !== null);
    return !isLeft && !SKIPPED.has(name);
  });
  return found;
}

function bytesOf(path: string): number {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() !== true) return found?.size ?? 0;
  return entriesOf(path).reduce((sum, { name }) => sum + bytesOf(join(path, name)), 0);
}
