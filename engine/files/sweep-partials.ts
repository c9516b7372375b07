import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { failForFile, systemCode } from "./file-problem.ts";
import { isDead } from "./left-behind.ts";
import { ownerToken, thisOwner } from "./owner.ts";
import { isPartial, ownerOfPartial } from "./partial-files.ts";

/**
 * Removes what killed processes left in the folder, if there is one; gives the number of files. Files of living
 * processes stay, and those of processes elsewhere (another container or machine) for a day.
 */
export async function sweepPartials(folder: string): Promise<number> {
  try {
    const left = (await readdir(folder))
      .filter(isPartial)
      .filter((name) => isDead(join(folder, name), ownerOfPartial(name)));
    await Promise.all(left.map((name) => rm(join(folder, name), { recursive: true, force: true })));
    return left.length;
  } catch (error) {
    return systemCode(error) === "ENOENT" ? 0 : failForFile(error, folder, "write");
  }
}

/** Removes what threads of this process left in the folder when they died; nobody else may be writing there. */
export async function removeOwnPartials(folder: string): Promise<void> {
  const own = ownerToken(thisOwner());
  for (const name of (await readdir(folder)).filter(isPartial)) {
    const owner = ownerOfPartial(name);
    if (owner === null || ownerToken(owner) !== own) continue;
    await rm(join(folder, name), { recursive: true, force: true });
  }
}
