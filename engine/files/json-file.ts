/** Small JSON files that the engine keeps for itself, below a study's folder. */
import { readdirSync } from "node:fs";
import { refuseForeignFolder, writeOwnFile } from "./own-folder.ts";

/** Whole or not at all; two spaces, so that a person can read it. Problems: those of `writeOwnFile`. */
export async function writeOwnJson(root: string, path: string, value: unknown): Promise<void> {
  await writeOwnFile(root, path, Buffer.from(`${JSON.stringify(value, null, 2)}\n`));
}

/** Names in a folder of ours; nothing where there is none. Problems: those of `refuseForeignFolder`. */
export function ownNames(root: string, folder: string): readonly string[] {
  refuseForeignFolder(root, folder);
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
