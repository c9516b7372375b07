/** The attrition files of a folder that the manifest describes, and whether they are of the cohorts beside them. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readManifest } from "../manifest/manifest.ts";
import type { Manifest } from "../manifest/manifest-text.ts";

export interface AttritionFile {
  readonly file: string;
  readonly sha256: string;
  /** False where one of the cohorts that it counts is gone or was made anew from other things. */
  readonly isCurrent: boolean;
}

export function attritionOf(folder: string, study: string): readonly AttritionFile[] {
  const manifest = readManifest(folder);
  return Object.entries(manifest)
    .filter(([file, { attrition }]) => attrition?.study === study && existsSync(join(folder, file)))
    .map(([file, { sha256, attrition }]) => ({
      ...{ file, sha256 },
      isCurrent: areAsCounted(attrition?.cohorts ?? {}, manifest),
    }));
}

function areAsCounted(cohorts: Readonly<Record<string, string>>, manifest: Manifest): boolean {
  return Object.entries(cohorts).every(
    ([name, fingerprint]) => manifest[name]?.fingerprint === fingerprint,
  );
}
