/** The measure files of a folder, each with what the manifest knows of it. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { MANIFEST_FILE, measureFormats, parseCohortFileName } from "../../base/file-names.ts";
import { byCodePoint } from "../../base/value-types.ts";
import { failForFile } from "../../files/file-problem.ts";
import { measureFacts } from "../../measures/measure-facts.ts";
import type { MeasureFacts } from "../../measures/measure-facts.ts";
import { readPublished } from "../../measures/published-facts.ts";
import type { PublishedFacts } from "../../measures/published-facts.ts";
import { readOrigin } from "../manifest/cohort-origin.ts";
import { readManifest } from "../manifest/manifest.ts";
import type { Manifest } from "../manifest/manifest-text.ts";
import { fail } from "../problems.ts";

export interface MeasureFile {
  readonly path: string;
  readonly file: string;
  readonly id: string;
  /** Null where the manifest does not describe the file. */
  readonly known: KnownMeasure | null;
}

export interface KnownMeasure {
  /** Which of the runs whose files a release holds; absent outside of one. */
  readonly run?: number;
  readonly facts: MeasureFacts;
  readonly sha256: string;
  readonly study: string | null;
  /** Null in entries of older engines. */
  readonly published: PublishedFacts | null;
  readonly isPatientLevel: boolean;
  /** Whether the cohorts beside it that are of its study were made up. */
  readonly isDummy: boolean;
}

/** In the order in which studies declare them, as far as it is known. Problems: two-files-one-measure, bad-manifest. */
export function measureFilesIn(folder: string): readonly MeasureFile[] {
  const manifest = readManifest(folder);
  const dummies = dummyStudies(manifest);
  const files = namesIn(folder).flatMap((file): readonly MeasureFile[] => {
    const id = measureIdOf(file);
    if (id === null) return [];
    return [{ path: join(folder, file), file, id, known: knownOf(manifest, file, dummies) }];
  });
  refuseTwice(files);
  const rank = ({ file, known }: MeasureFile): readonly [string, number] => [
    known?.study ?? "\uffff",
    manifest[file]?.place ?? Infinity,
  ];
  return [...files].sort((a, b) => {
    const [[studyA, placeA], [studyB, placeB]] = [rank(a), rank(b)];
    if (studyA !== studyB) return byCodePoint(studyA, studyB);
    return placeA === placeB ? byCodePoint(a.id, b.id) : placeA - placeB;
  });
}

/** Those that are of all dates: of files of one date the date is in the name. */
export function measureIdOf(file: string): string | null {
  const format = measureFormats.find((each) => file.endsWith(`.${each}`));
  if (format === undefined || !file.startsWith("measure_")) return null;
  if (parseCohortFileName(file) !== null) return null;
  return file.slice("measure_".length, -(format.length + 1));
}

function knownOf(
  manifest: Manifest,
  file: string,
  dummies: ReadonlySet<string>,
): KnownMeasure | null {
  const entry = Object.hasOwn(manifest, file) ? manifest[file] : undefined;
  if (entry?.measure === undefined) return null;
  const { measure: facts, sha256, study = null } = entry;
  const published = readPublished(entry.published);
  if (
    published !== null &&
    !isDeepStrictEqual(factsOf(facts), factsOf(measureFacts(published.spec)))
  )
    fail("bad-manifest", {
      file: MANIFEST_FILE,
      why: `published of ${JSON.stringify(file)} is of another measure`,
    });
  const { patient_level: isPatientLevel = false } = entry;
  // Made without a cohort, it knows itself what it was made from.
  const own = readOrigin(entry.origin);
  const isDummy = own === null ? study !== null && dummies.has(study) : own.data !== "database";
  return { facts, sha256, study, published, isPatientLevel, isDummy };
}

const factsOf = ({ id, groups, numerator, denominator, threshold, rounding }: MeasureFacts) => ({
  ...{ id, groups, numerator, denominator, threshold, rounding },
});

function dummyStudies(manifest: Manifest): ReadonlySet<string> {
  const cohorts = Object.values(manifest).filter(({ measure }) => measure === undefined);
  const origins = cohorts.flatMap(({ origin }) => readOrigin(origin) ?? []);
  return new Set(origins.filter(({ data }) => data !== "database").map(({ study }) => study));
}

function refuseTwice(files: readonly MeasureFile[]): void {
  const ids = files.map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice === undefined) return;
  const same = files.filter(({ id }) => id === twice).map(({ file }) => file);
  fail("two-files-one-measure", { files: same });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort(byCodePoint);
  } catch (error) {
    return failForFile(error, folder, "read");
  }
}
