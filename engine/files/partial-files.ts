/** Files being written, before they get their final name, and what their writers need beside them. */
import { randomBytes } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

import { failForFile, systemCode } from "./file-problem.ts";

/** Hidden, and of a shape nobody chooses by hand: sweeping never takes an author's file. */
const PARTIAL = /^\.cohortline-(\d+)-[0-9a-f]{32}\.partial$/;

/** An unguessable name beside `path`. It holds the process number, so that the living are spared. */
export function partialPathFor(path: string): string {
  const name = `.cohortline-${process.pid}-${randomBytes(16).toString("hex")}.partial`;
  return join(dirname(path), name);
}

export function isPartial(fileName: string): boolean {
  return PARTIAL.test(fileName);
}

/**
 * Removes what killed processes left in the folder, if there is one; gives the number of files. Files of other
 * living processes stay. Call it before this process writes into the folder: its own count as left,
 * because in a container a killed run and the next one often have the same number.
 */
export async function sweepPartials(folder: string): Promise<number> {
  try {
    const left = (await readdir(folder)).filter(isLeft);
    await Promise.all(left.map((name) => rm(join(folder, name), { recursive: true, force: true })));
    return left.length;
  } catch (error) {
    return systemCode(error) === "ENOENT" ? 0 : failForFile(error, folder, "write");
  }
}

function isLeft(name: string): boolean {
  const owner = PARTIAL.exec(name)?.[1];
  return owner !== undefined && !isAnotherLiving(Number(owner));
}

function isAnotherLiving(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    // Signal 0 only asks whether the process is there.
    return process.kill(pid, 0);
  } catch (error) {
    return systemCode(error) === "EPERM";
  }
}
