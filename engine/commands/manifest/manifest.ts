/**
 * `cohortline.manifest.json`: what is known of each file in an output folder. A file counts as done
 * only if the manifest says so and the file still has the bytes it names.
 */
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { MANIFEST_FILE } from "../../base/file-names.ts";
import { fail } from "../problems.ts";
import { flushFolder } from "../../files/atomic-file.ts";
import { fileSha256 } from "../../files/file-sha256.ts";
import { readSmallFile } from "../../files/small-file.ts";
import { writeWholeFile } from "../../files/whole-file.ts";
import { manifestText, parseManifest } from "./manifest-text.ts";
import type { Manifest, ManifestEntry } from "./manifest-text.ts";

/** An entry takes about 1 kB: nothing endless is read in place of a manifest. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * Empty where there is none yet. What is damaged or was made by others is never overwritten. Problems:
 * bad-manifest, and those of files that are no ordinary ones (a link, a pipe, too large).
 */
export function readManifest(folder: string): Manifest {
  const file = join(folder, MANIFEST_FILE);
  const bytes = readSmallFile(file, { most: MOST_BYTES, follow: false });
  if (bytes === null) return {};
  const held = parseManifest(bytes.toString("utf8"));
  return held.kind === "manifest" ? held.entries : fail("bad-manifest", { file, why: held.why });
}

/**
 * Adds or replaces entries, and drops those of files that are gone, keeping those of other files.
 */
export async function recordFiles(
  folder: string,
  entries: Manifest,
  gone: readonly string[] = [],
): Promise<void> {
  const all = Object.entries({ ...readManifest(folder), ...entries });
  const files = Object.fromEntries(all.filter(([name]) => !gone.includes(name)));
  await writeWholeFile(join(folder, MANIFEST_FILE), Buffer.from(manifestText(files)));
  // For the files that the manifest tells of as well: their names must outlast a power cut with it.
  await flushFolder(folder);
}

export interface Recorder {
  /** Keeps the entries, and writes them if the last time is long enough ago. */
  readonly record: (entries: Manifest) => Promise<void>;
  /** Writes what is kept. */
  readonly flush: () => Promise<void>;
}

/** What a kill may cost: files finished in the last so many milliseconds are made again. */
const WRITE_EVERY = 500;

/**
 * For runs that finish many small files: writing hundreds of entries after each would take longer than
 * the files. Calls may overlap; they are written one after the other.
 */
export function openRecorder(folder: string): Recorder {
  let kept: Record<string, ManifestEntry> = {};
  let last = performance.now();
  let writing = Promise.resolve();
  const flush = (): Promise<void> => {
    const entries = kept;
    kept = {};
    last = performance.now();
    if (Object.keys(entries).length > 0) {
      writing = writing.then(() => recordFiles(folder, entries));
    }
    return writing;
  };
  return {
    record: (entries) => {
      Object.assign(kept, entries);
      return performance.now() - last > WRITE_EVERY ? flush() : Promise.resolve();
    },
    flush,
  };
}

/** Whether the file was made from the same things, by `manifest`, and is still as it was made. */
export async function isDone(
  manifest: Manifest,
  path: string,
  fingerprint: string,
): Promise<boolean> {
  const entry = manifest[basename(path)];
  if (entry?.fingerprint !== fingerprint || !existsSync(path)) return false;
  return (await fileSha256(path)) === entry.sha256;
}
