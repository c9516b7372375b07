/** Going through a folder, whatever it holds. */
import { readdirSync } from "node:fs";
import type { Dirent } from "node:fs";
import { join } from "node:path";

/**
 * Meets all that lies in the folder, with its path from there; of folders says whether to go in. Links are
 * met and not followed; a folder that cannot be read is empty.
 */
export function walkFolder(
  folder: string,
  meet: (entry: Dirent, path: string) => boolean,
  inside = "",
): void {
  for (const entry of entriesOf(join(folder, inside))) {
    const path = inside === "" ? entry.name : `${inside}/${entry.name}`;
    if (meet(entry, path) && entry.isDirectory()) walkFolder(folder, meet, path);
  }
}

export function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
