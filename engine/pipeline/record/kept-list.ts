/**
 * What was read of a folder's runs, kept for the next time: in the user's own folder and not in the study, which
 * could bring a list of its own making. It saves time and nothing else: a file that is another now is read.
 */
import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { ProblemError } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import { readSmallFile } from "../../files/small-file.ts";
import { writeWholeFile } from "../../files/whole-file.ts";
import { pathBelow } from "../../files/enclosure.ts";
import type { RunSummary } from "./run-summary.ts";
import { makeFolder, OWNER_ONLY } from "../../files/make-folder.ts";

export interface ListedRun {
  readonly stamp: string;
  /** Null where the record cannot be read. */
  readonly summary: RunSummary | null;
  readonly problem: Problem | null;
}

export interface KeptList {
  readonly read: () => readonly (readonly [string, ListedRun])[];
  readonly write: (runs: ReadonlyMap<string, ListedRun>) => void;
}

const MOST_BYTES = 64 * 1024 * 1024;

interface KeptFor {
  readonly folder: string;
  /** Null where the user has none: then nothing is kept. */
  readonly userState: string | null;
  readonly engineVersion: string;
}

export function keptListFor({ folder, userState, engineVersion }: KeptFor): KeptList {
  const place = realpathSync(folder);
  if (userState === null || pathBelow(place, userState) !== null) return nothingKept;
  const lists = join(userState, "lists");
  const path = join(lists, `${createHash("sha256").update(place).digest("hex")}.json`);
  const of = `${engineVersion} ${place}`;
  return {
    read: () => {
      const held = heldIn(path);
      return held?.of === of ? held.runs : [];
    },
    write: (runs) => {
      void unlessProblem(async () => {
        makeFolder(lists, OWNER_ONLY);
        await writeWholeFile(path, Buffer.from(JSON.stringify({ of, runs: [...runs] })));
      });
    },
  };
}

const nothingKept: KeptList = { read: () => [], write: () => undefined };

interface Held {
  readonly of: string;
  readonly runs: readonly (readonly [string, ListedRun])[];
}

function heldIn(path: string): Held | null {
  try {
    const bytes = readSmallFile(path, { most: MOST_BYTES, follow: false });
    return bytes === null ? null : (JSON.parse(bytes.toString("utf8")) as Held);
  } catch (error) {
    if (error instanceof ProblemError || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** A full disk, or a folder of another user: the list is made again the next time. */
async function unlessProblem(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ProblemError) && !(error instanceof Error && "code" in error))
      throw error;
  }
}
