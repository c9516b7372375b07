/** Files being written, before they get their final name, and what their writers need beside them. */
import { randomBytes } from "node:crypto";
import { dirname, join } from "node:path";

import { ownerToken, parseOwner, thisOwner } from "./owner.ts";
import type { Owner } from "./owner.ts";

/** Hidden, and of a shape nobody chooses by hand: sweeping never takes an author's file. */
const PARTIAL = /^\.cohortline-(?:(\d+-\d+-[0-9a-f]{12})|\d+)-[0-9a-f]{32}\.partial$/;

/** An unguessable name beside `path`. It says who writes it, so that the living are spared. */
export function partialPathFor(path: string): string {
  const random = randomBytes(16).toString("hex");
  return join(dirname(path), `.cohortline-${ownerToken(thisOwner())}-${random}.partial`);
}

export function isPartial(fileName: string): boolean {
  return PARTIAL.test(fileName);
}

/** Null for one of an earlier version, which wrote the process number alone: it cannot be judged. */
export function ownerOfPartial(fileName: string): Owner | null {
  const token = PARTIAL.exec(fileName)?.[1];
  return token === undefined ? null : parseOwner(token);
}
