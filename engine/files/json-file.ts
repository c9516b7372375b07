/** Small JSON files that the engine keeps for itself, below a study's folder. */
import { readdirSync } from "node:fs";
import { readOwnFile, refuseForeignFolder, writeOwnFile } from "./own-folder.ts";

/** Whole or not at all; two spaces, so that a person can read it. Problems: those of `writeOwnFile`. */
export async function writeOwnJson(root: string, path: string, value: unknown): Promise<void> {
  await writeOwnFile(root, path, Buffer.from(`${JSON.stringify(value, null, 2)}\n`));
}

/**
 * Null where there is no such file, or where it is no JSON object. What is no file of ours at all, such as a
 * link or a pipe, is a problem: see `readOwnFile`.
 */
export function readOwnJson(root: string, path: string): Readonly<Record<string, unknown>> | null {
  const bytes = readOwnFile(root, path);
  if (bytes === null) return null;
  try {
    const held = JSON.parse(bytes.toString("utf8")) as unknown;
    const usable = typeof held === "object" && held !== null && !Array.isArray(held);
    return usable ? (held as Record<string, unknown>) : null;
  } catch {
    return null;
  }
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
