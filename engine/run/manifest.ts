/**
 * `cohortline.manifest.json`: what is known of each file in an output folder. A file counts as done
 * only if the manifest says so and the file still has the bytes it names. design section 5.
 */
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { MANIFEST_FILE } from "../base/file-names.ts";
import { fail } from "../base/problems.ts";
import { byCodePoint } from "../base/value-types.ts";
import type { CohortOrigin } from "./cohort-origin.ts";
import { flushFolder } from "../files/atomic-file.ts";
import { fileSha256 } from "../files/file-sha256.ts";
import { writeWholeFile } from "../files/whole-file.ts";

export interface ManifestEntry {
  /** Of everything the content depends on. */
  readonly fingerprint: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  /** A measure without groups: rows are patients (decisions.md 25). */
  readonly patient_level?: true;
  /** Of a cohort file: what it was made from. Absent in entries of older engines; read with readOrigin. */
  readonly origin?: CohortOrigin;
  /** Of a measure's file: the study whose measure it is. */
  readonly study?: string;
}

export type Manifest = Readonly<Record<string, ManifestEntry>>;

const VERSION = 1;

/** Empty where there is none yet. A file of another make is a problem, never overwritten. */
export function readManifest(folder: string): Manifest {
  const file = join(folder, MANIFEST_FILE);
  if (!existsSync(file)) return {};
  const held = parseManifest(readFileSync(file, "utf8"));
  return held ?? fail("bad-manifest", { file });
}

function parseManifest(text: string): Manifest | null {
  try {
    const held = JSON.parse(text) as { manifest?: unknown; files?: unknown };
    const usable = held.manifest === VERSION && typeof held.files === "object";
    return usable && held.files !== null ? (held.files as Manifest) : null;
  } catch {
    return null;
  }
}

/**
 * Adds or replaces entries, and drops those of files that are gone, keeping those of other files; sorted,
 * so that same content = same bytes.
 */
export async function recordFiles(
  folder: string,
  entries: Manifest,
  gone: readonly string[] = [],
): Promise<void> {
  const all = Object.entries({ ...readManifest(folder), ...entries });
  const files = Object.fromEntries(all.filter(([name]) => !gone.includes(name)));
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => byCodePoint(a, b)));
  const text = JSON.stringify({ files: sorted, manifest: VERSION }, null, 2);
  await writeWholeFile(join(folder, MANIFEST_FILE), Buffer.from(`${text}\n`));
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
