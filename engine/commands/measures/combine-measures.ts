/** `measure_ID.csv` of all index dates of one study, or none that lacks a date. */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { IsoDate } from "../../base/dates.ts";
import { measureFileName } from "../../base/file-names.ts";
import { problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import { fileSha256 } from "../../files/file-sha256.ts";
import { mapWithConcurrency } from "../../measures/map-with-concurrency.ts";
import { combineFiles } from "../../measures/combine-files.ts";
import { isDropped } from "../../measures/measure-spec.ts";
import type { MeasureSpec } from "../../measures/measure-spec.ts";
import { isDone, readManifest, recordFiles } from "../manifest/manifest.ts";
import type { Manifest, ManifestEntry } from "../manifest/manifest-text.ts";
import type { RunContext } from "../context.ts";
import { entryOf, publishedFacts } from "./measure-entry.ts";
import type { Measuring } from "./measures-to-make.ts";
import type { MeasuredInput } from "./measure-fingerprint.ts";

/** Waiting for the disk is most of the work of a small file. */
const FILES_AT_ONCE = 16;

export interface Combined {
  readonly written: readonly string[];
  readonly kept: readonly string[];
}

/** With skipExisting those stay that would come out the same. */
export async function combineAll(
  measuring: Measuring,
  inputs: readonly MeasuredInput[],
  { reporter }: Pick<RunContext, "reporter">,
): Promise<Combined> {
  const { folder, format, measures, fingerprint, skipExisting } = measuring;
  const parts = readManifest(folder);
  const entries: Record<string, ManifestEntry> = {};
  const kept: string[] = [];
  const written: string[] = [];
  await mapWithConcurrency(FILES_AT_ONCE, measures, async (measure) => {
    const own = inputs.filter(({ date }) => !isDropped(measure, date));
    if (own.length === 0) return;
    const file = measureFileName(measure.id, null, format);
    const place = measures.indexOf(measure);
    const made = fingerprint(measure, own);
    if (skipExisting && (await isDone(parts, join(folder, file), made))) {
      const held = parts[file];
      // The order of the measures may have changed, which no file shows.
      if (held !== undefined && held.place !== place) entries[file] = { ...held, place };
      kept.push(file);
      reporter.report({ kind: "kept", file });
      return;
    }
    const entry = await combineOne(measuring, measure, { inputs: own, parts });
    entries[file] = { ...entry, place };
    written.push(file);
    reporter.report({ kind: "written", file, rows: entry.rows, bytes: entry.bytes });
  });
  if (Object.keys(entries).length > 0) await recordFiles(folder, entries);
  return { written, kept };
}

async function combineOne(
  { folder, format, fingerprint, study, ...made }: Measuring,
  measure: MeasureSpec,
  { inputs, parts }: { readonly inputs: readonly MeasuredInput[]; readonly parts: Manifest },
): Promise<ManifestEntry> {
  const dates = inputs.map(({ date }) => date);
  const known = dates.map((date) => parts[measureFileName(measure.id, date, format)]);
  const cohorts = Object.fromEntries(
    known.flatMap((part, at) => {
      const date = dates[at];
      return part?.counted === undefined || date === undefined ? [] : [[date, part.counted]];
    }),
  );
  const { bytes, sha256 } = await combineFiles({ measure, folder, dates, format });
  const rows = known.reduce((total, part) => total + (part?.rows ?? 0), 0);
  return {
    fingerprint: fingerprint(measure, inputs),
    rows,
    bytes,
    sha256,
    study,
    ...vocabularyOf(known),
    ...entryOf(measure, made, null),
    published: publishedFacts(measure, made.columnFacts, cohorts),
  };
}

/** Of files that are all there already the records are not asked again: what was heard then holds still. */
function vocabularyOf(
  parts: readonly (ManifestEntry | undefined)[],
): Pick<ManifestEntry, "vocabulary"> {
  const [vocabulary] = parts.flatMap((part) => part?.vocabulary ?? []);
  return vocabulary === undefined ? {} : { vocabulary };
}

/**
 * Where measures of some dates are missing: a combined file of an earlier run would look current, so it
 * goes, if it is still as it was made. It can be made again from the files of single dates, which stay.
 */
export async function dropCombined(
  { folder, format, measures, study }: Measuring,
  lost: readonly IsoDate[],
): Promise<Problem> {
  const manifest = readManifest(folder);
  const removed: string[] = [];
  const older: string[] = [];
  for (const { id } of measures) {
    const dated = lost.map((date) => measureFileName(id, date, format));
    older.push(...dated.filter((file) => existsSync(join(folder, file))));
    const file = measureFileName(id, null, format);
    if (!existsSync(join(folder, file))) continue;
    const isOurs = (await fileSha256(join(folder, file))) === manifest[file]?.sha256;
    (isOurs ? removed : older).push(file);
  }
  for (const file of removed) rmSync(join(folder, file), { force: true });
  if (removed.length > 0) await recordFiles(folder, {}, removed);
  return problem("measures-not-combined", { study, dates: lost, removed, older });
}
