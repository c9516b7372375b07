/** The measures of a run that researchers may see, as they are drawn: never a file of patients, nor one that was withheld. */
import { basename, dirname, join } from "node:path";
import { ProblemError } from "../../base/problems.ts";
import { chartsOf } from "../../charts/measure-chart.ts";
import type { MeasureChart, ReadMeasure } from "../../charts/measure-chart.ts";
import { measureFilesIn } from "../../commands/measures/measure-files.ts";
import type { MeasureFile } from "../../commands/measures/measure-files.ts";
import { readPicture } from "../../commands/measures/read-picture.ts";
import { fileSha256 } from "../../files/file-sha256.ts";
import type { RunRecord } from "../record/run-record.ts";
import { folderOfOutput, releasedOutputs } from "./released-outputs.ts";

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
        const picture = await readPicture(file, ignore);
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

/** By folder: the names of released files, each with its hash. */
function releasedMeasures(run: RunRecord): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const found = new Map<string, Map<string, string>>();
  for (const [path, sha256] of releasedOutputs(run)) {
    const below = dirname(path);
    const names = found.get(below) ?? new Map<string, string>();
    found.set(below, names.set(basename(path), sha256));
  }
  return found;
}

function measuresIn(
  folder: string,
  below: string,
  hashes: ReadonlyMap<string, string>,
): readonly MeasureFile[] {
  const place = folderOfOutput(folder, join(below, "measure"));
  if (place === null) return [];
  return measureFilesIn(place).filter(({ file }) => hashes.has(file));
}
