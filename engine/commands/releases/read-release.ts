/** The measures of a folder as releases to audit: one for each study whose measures lie there. */
import { dirname } from "node:path";
import type { MeasureCuts, PublishedMeasure, Release } from "../../audit/describe/description.ts";
import { publishedMeasure } from "../../audit/describe/our-measure.ts";
import { byCodePoint } from "../../base/value-types.ts";
import { nearestNames } from "../../base/nearest.ts";
import { ProblemError } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { PublishedFacts } from "../../measures/published-facts.ts";
import { measureFilesIn } from "../measures/measure-files.ts";
import type { KnownMeasure, MeasureFile } from "../measures/measure-files.ts";
import { fail as failForCommand } from "../problems.ts";
import { alteredProblem } from "./altered-file.ts";
import { packedMeasures } from "./packed-measures.ts";
import { problem } from "./problems.ts";
import { publishedText } from "./published-text.ts";
import { wholeNumbers } from "./whole-numbers.ts";

export interface ReleaseFolder {
  /** Absolute. */
  readonly path: string;
  /** As messages and results name it. */
  readonly name: string;
  /** `all`, or the one whose measures are looked at. */
  readonly study: string;
  /** Absent = every measure's file. */
  readonly only?: ChosenFiles | undefined;
}

/** The SHA-256 that each must have, by its name. */
export type ChosenFiles = Readonly<Record<string, string>>;

/** A measure's file with what the manifest says of it. */
export interface ReadFile {
  readonly file: string;
  readonly study: string;
  /** Files of one run have the same text. */
  readonly run: string;
  readonly published: PublishedFacts;
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly isPatientLevel: boolean;
  readonly isDummy: boolean;
  /** Columns that are not in the model. */
  readonly leftOut: readonly string[];
  /** Null where nothing of it is. */
  readonly measure: PublishedMeasure | null;
  readonly text: string;
}

/**
 * Every measure's file of the folder, or those that were chosen. Problems, all of them together: no-measure-files, unknown-study,
 * audit-files-foreign, audit-files-older, audit-file-altered, release-files-changed, and those of reading.
 */
export async function readReleaseFiles(folder: ReleaseFolder): Promise<readonly ReadFile[]> {
  const found = filesOf(folder);
  const foreign = found.filter(({ known }) => known === null);
  const older = found.filter(({ known }) => known !== null && known.published === null);
  const problems: Problem[] = [
    ...named("audit-files-foreign", folder, foreign),
    ...named("audit-files-older", folder, older),
  ];
  const read: ReadFile[] = [];
  for (const each of found) {
    if (each.known?.published == null) continue;
    const file = await readOne(each, { ...each.known, published: each.known.published });
    if (file.sha256 === each.known.sha256) read.push(file);
    else problems.push(altered(folder, file, each.known.sha256));
  }
  problems.push(...changed(folder, read));
  if (problems.length > 0) throw new ProblemError(problems);
  return read;
}

/** Those that were chosen and are gone, or have other bytes by now. */
function changed(
  { name: folder, only = {} }: ReleaseFolder,
  read: readonly ReadFile[],
): readonly Problem[] {
  const hashes = new Map(read.map(({ file, sha256 }) => [file, sha256]));
  const files = Object.keys(only).filter((file) => hashes.get(file) !== only[file]);
  return files.length === 0 ? [] : [problem("release-files-changed", { folder, files })];
}

function named(
  code: "audit-files-foreign" | "audit-files-older",
  { name: folder }: ReleaseFolder,
  found: readonly MeasureFile[],
): readonly Problem[] {
  const files = found.map(({ file }) => file);
  return files.length === 0 ? [] : [problem(code, { folder, files })];
}

/** Where nothing is known of a file's study it is always looked at. */
function filesOf({ path, name, study, only }: ReleaseFolder): readonly MeasureFile[] {
  const there = packedMeasures(path, name) ?? measureFilesIn(path);
  const all = there.filter(({ file }) => only === undefined || Object.hasOwn(only, file));
  const wanted = all.filter(({ known }) => study === "all" || (known?.study ?? study) === study);
  if (all.length === 0) failForCommand("no-measure-files", { folder: name, elsewhere: [] });
  if (wanted.length === 0) {
    const known = [...new Set(all.flatMap((each) => each.known?.study ?? []))].sort(byCodePoint);
    failForCommand("unknown-study", { wanted: study, known, nearest: nearestNames(study, known) });
  }
  return wanted;
}

async function readOne(
  { path, file }: MeasureFile,
  known: KnownMeasure & { readonly published: PublishedFacts },
): Promise<ReadFile> {
  const { published, study, isPatientLevel, isDummy } = known;
  const { text, bytes, sha256 } = await publishedText(path);
  const whole = publishedMeasure(published.spec, file, isDummy ? null : cutsOf(path, known));
  // Rows are patients: nothing of them is read.
  const modelled = isPatientLevel
    ? { measure: whole, text: "", leftOut: [] }
    : wholeNumbers(whole, text, published.kinds);
  return {
    file,
    study: study ?? "",
    run: runOf(known),
    published,
    bytes,
    sha256,
    isPatientLevel,
    isDummy,
    ...modelled,
  };
}

/** Dummy patients need not be as the conditions say. */
function cutsOf(
  path: string,
  known: KnownMeasure & { readonly published: PublishedFacts },
): MeasureCuts {
  const { cuts: columns = null, cohorts } = known.published;
  // What was released does not tell it.
  const run = JSON.stringify([dirname(path), runOf(known)]);
  const recordsAt = Object.entries(cohorts).map(
    ([date, { source, records }]) => [date, records ?? (source === "" ? run : source)] as const,
  );
  return { columns, recordsAt: Object.fromEntries(recordsAt) };
}

/** By what its cohorts were read from; a release, which does not tell that, says which files go together. */
function runOf({ published, run }: KnownMeasure): string {
  const sources = Object.entries(published?.cohorts ?? {}).map(([date, { source }]) => [
    date,
    source,
  ]);
  return JSON.stringify(run ?? sources.sort());
}

function altered({ name: folder }: ReleaseFolder, read: ReadFile, sha256: string): Problem {
  const { file, bytes, isPatientLevel, leftOut } = read;
  const isModelled = !isPatientLevel && leftOut.length === 0;
  const release = isModelled ? releaseOf(folder, [read]) : null;
  return alteredProblem({ folder, file, bytes, sha256, release });
}

/** Files of one study. */
export function releaseOf(name: string, files: readonly ReadFile[]): Release {
  const modelled = files.flatMap((each) =>
    each.measure === null ? [] : [{ ...each, measure: each.measure }],
  );
  return {
    ...{ name, study: files[0]?.study ?? "", data: name },
    measures: modelled.map(({ measure }) => measure),
    files: Object.fromEntries(modelled.map(({ file, text }) => [file, text])),
    sha256: Object.fromEntries(modelled.map(({ file, sha256 }) => [file, sha256])),
  };
}
