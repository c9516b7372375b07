import { mkdirSync } from "node:fs";
import { failForFile } from "../files/file-problem.ts";
import { sweepPartials } from "../files/sweep-partials.ts";
import { readManifest } from "./manifest.ts";

/**
 * Makes the folder, and clears what a killed run left in it. A manifest of another make is told now
 * (bad-manifest), before any file is begun.
 */
export async function prepareFolder(folder: string): Promise<void> {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    failForFile(error, folder, "write");
  }
  readManifest(folder);
  await sweepPartials(folder);
}
