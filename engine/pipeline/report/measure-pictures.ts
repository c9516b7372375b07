/** The measures of a run that researchers may see, as they are drawn: never a file of patients, nor one that was withheld. */
import { basename, dirname, join } from "node:path";
import { ProblemError } from "../../base/problems.ts";
import { chartsOf } from "../../charts/measure-chart.ts";
import type { MeasureChart, ReadMeasure } from "../../charts/measure-chart.ts";
import { measureFilesIn } from "../../commands/measures/measure-files.ts";
import type { MeasureFile } from "../../commands/measures/measure-files.ts";
import { readPicture } from "../../commands/measures/read-picture.ts";
import { enclose, placeIn } from "../../files/enclosure.ts";
import { fileSha256 } from "../../files/file-sha256.ts";
import { outputsOf } from "../record/compare-runs.ts";
import type { RecordedOutput, RunRecord } from "../record/run-record.ts";

export interface MeasurePictures {
  readonly charts: readonly MeasureChart[];
  /** Why files are not drawn; nothing of them is in it. */
  readonly notDrawn: readonly string[];
}

/**
 * A file is drawn if the run let it out at `moderately_sensitive` and it has the bytes of then. What has gone wrong with
 * one is said in the page: a report of a run must not fail for it.
 */
export async function measurePictures(run: RunRecord, folder: string): Promise<MeasurePictures> {
  const notDrawn: string[] = [];
  const released = releasedMeasures(run);
  const read: ReadMeasure[] = [];
  for (const [below, hashes] of released) {
    try {
      for (const file of measuresIn(folder, below, hashes)) {
        if ((await fileSha256(file.path)) !== hashes.get(file.file)) {
          notDrawn.push(`${file.file} is not as the run made it.`);
          continue;
        }
        const picture = await readPicture(file, {
          reporter: { report: ignore, progress: () => ({ advance: ignore, end: ignore }) },
        });
        if (picture !== null) read.push(picture);
      }
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      notDrawn.push(...error.problems.map(({ message }) => message));
    }
  }
  return { charts: chartsOf(read, "per-1000"), notDrawn };
}

function ignore(): void {
  // A measure at patient level is left out without a word: the run has warned of it.
}

/** By folder: the names of measure files of all dates, each with its hash. */
function releasedMeasures(run: RunRecord): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const outputs = outputsOf(run);
  const kept = new Set(outputs.filter((output) => !isReleased(output)).map(({ path }) => path));
  const found = new Map<string, Map<string, string>>();
  for (const output of outputs) {
    if (kept.has(output.path)) continue;
    const below = dirname(output.path);
    const names = found.get(below) ?? new Map<string, string>();
    found.set(below, names.set(basename(output.path), output.sha256));
  }
  return found;
}

/** A path that another action keeps as highly sensitive, or that was withheld, is not. */
function isReleased({ level, withheld }: RecordedOutput): boolean {
  return level === "moderately_sensitive" && withheld === null;
}

function measuresIn(
  folder: string,
  below: string,
  hashes: ReadonlyMap<string, string>,
): readonly MeasureFile[] {
  const place = placeIn(enclose(folder), join(folder, below));
  if (place.kind !== "inside") return [];
  return measureFilesIn(place.real).filter(({ file }) => hashes.has(file));
}
