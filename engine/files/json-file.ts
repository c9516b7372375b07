/** Small JSON files that the runner keeps for itself. */
import { readdirSync, readFileSync } from "node:fs";
import { writeWholeFile } from "./whole-file.ts";

/** Whole or not at all; two spaces, so that a person can read it. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeWholeFile(path, Buffer.from(`${JSON.stringify(value, null, 2)}\n`));
}

/** Null where there is no such file, or where it is no JSON object. */
export function readJson(path: string): Readonly<Record<string, unknown>> | null {
  try {
    const held = JSON.parse(readFileSync(path, "utf8")) as unknown;
    const usable = typeof held === "object" && held !== null && !Array.isArray(held);
    return usable ? (held as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** Nothing where there is no such folder. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
