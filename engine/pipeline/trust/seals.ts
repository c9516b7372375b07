/**
 * Whether a record was written by the engine for this user in this folder. A study may bring records of
 * its own making; whoever believes them takes its files for results, or removes files that they name. So
 * each record carries a sum over its content, its name and the study's place, made with a key that no
 * study knows.
 */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import { pathBelow } from "../../files/enclosure.ts";
import { readSmallFile } from "../../files/small-file.ts";
import { makeUserKey, readUserKey } from "./user-key.ts";

type Content = Readonly<Record<string, unknown>>;

export interface Seals {
  /** Null where no key can be kept. `file` is the record's path from the study. */
  readonly sealFor: (file: string, content: Content) => string | null;
  readonly isOurs: (file: string, content: Content, seal: unknown) => boolean;
  /** Makes the key if there is none yet. Why that cannot be: no-user-state. */
  readonly ready: () => Problem | null;
  /** Why there is no key, as far as one was needed: no-user-state. */
  readonly problem: () => Problem | null;
}

/** `state` is the user's own folder for it, null where there is none. */
export function openSeals(study: string, state: string | null): Seals {
  const place = realpathSync(study);
  const isBrought = state === null || pathBelow(place, state) !== null;
  const keys = isBrought ? noKey(state, place) : keysIn(state);
  const isTrusted = !isBrought && trusts(state, place);
  const sumOf = (key: Buffer, file: string, content: Content): string =>
    createHmac("sha256", key)
      .update(JSON.stringify(["cohortline record 1", place, file, content]))
      .digest("hex");
  return {
    sealFor: (file, content) => {
      const key = keys.make();
      return key === null ? null : sumOf(key, file, content);
    },
    isOurs: (file, content, seal) => {
      if (isTrusted) return true;
      const key = keys.read();
      return key !== null && typeof seal === "string" && isSame(seal, sumOf(key, file, content));
    },
    ready: () => {
      keys.make();
      return keys.problem();
    },
    problem: keys.problem,
  };
}

function isSame(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}

interface Keys {
  readonly read: () => Buffer | null;
  readonly make: () => Buffer | null;
  readonly problem: () => Problem | null;
}

function noKey(state: string | null, study: string): Keys {
  const why = state === null ? "HOME is not set" : `${state} lies inside the study, ${study}`;
  const found = problem("no-user-state", { why });
  return { read: () => null, make: () => null, problem: () => found };
}

function keysIn(state: string): Keys {
  let key: Buffer | null = null;
  let found: Problem | null = null;
  const tried = (get: () => Buffer | null): Buffer | null => {
    if (key !== null || found !== null) return key;
    try {
      key = get();
    } catch (error) {
      const why = `${state}: ${error instanceof Error ? error.message : String(error)}`;
      found = problem("no-user-state", { why });
    }
    return key;
  };
  return {
    read: () => tried(() => readUserKey(state)),
    make: () => tried(() => readUserKey(state) ?? makeUserKey(state)),
    problem: () => found,
  };
}

/** Where a person's word is kept that the records of a folder are to be believed, whoever wrote them. */
export function trustFile(state: string, place: string): string {
  return join(state, "trusted", createHash("sha256").update(place).digest("hex"));
}

function trusts(state: string, place: string): boolean {
  try {
    const said = readSmallFile(trustFile(state, place), { most: 1 << 20, follow: false });
    return said?.toString("utf8") === `${place}\n`;
  } catch {
    return false;
  }
}
