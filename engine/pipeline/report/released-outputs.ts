/** What a run let out for researchers to see, and where it lies: never a file of patients, nor one that was withheld. */
import { dirname, join } from "node:path";
import { enclose, placeIn } from "../../files/enclosure.ts";
import { outputsOf } from "../record/compare-runs.ts";
import type { RecordedOutput, RunRecord } from "../record/run-record.ts";

/** The SHA-256 of each released output, by its path. A path that another action keeps or that was withheld is not released. */
export function releasedOutputs(run: RunRecord): ReadonlyMap<string, string> {
  const outputs = outputsOf(run);
  const kept = new Set(outputs.filter((output) => !isReleased(output)).map(({ path }) => path));
  return new Map(
    outputs.filter(({ path }) => !kept.has(path)).map(({ path, sha256 }) => [path, sha256]),
  );
}

function isReleased({ level, withheld }: RecordedOutput): boolean {
  return level === "moderately_sensitive" && withheld === null;
}

/** The real folder of an output; null where links lead out of the study's folder. */
export function folderOfOutput(folder: string, path: string): string | null {
  const place = placeIn(enclose(folder), join(folder, dirname(path)));
  return place.kind === "inside" ? place.real : null;
}
