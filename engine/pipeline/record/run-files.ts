/** The files of metadata/runs: one for each run. */
import { join } from "node:path";
import type { Problem } from "../../base/problems.ts";
import { ownNames } from "../../files/json-file.ts";
import { metadataPaths } from "./metadata-paths.ts";
import { readRecord, writeRecord } from "./record-file.ts";
import type { RecordFolder } from "./record-file.ts";
import type { RunRecord } from "./run-record.ts";
import { runRecordKind } from "./run-record-reader.ts";

export interface RecordedRuns {
  /** The oldest first; those too that somebody else wrote. */
  readonly runs: readonly RunRecord[];
  /** Identifiers of those that this user's engine wrote here. */
  readonly ours: ReadonlySet<string>;
  /** Of files that cannot be read, by their names without `.json`: record-unreadable. */
  readonly unreadable: ReadonlyMap<string, Problem>;
}

/** Of a run that cannot be read the number is not known, but it had one. */
export function nextNumber({ runs, unreadable }: RecordedRuns): number {
  return Math.max(runs.at(-1)?.number ?? 0, runs.length + unreadable.size) + 1;
}

export async function writeRun(place: RecordFolder, run: RunRecord): Promise<void> {
  await writeRecord(place, join(metadataPaths(place.folder).runs, `${run.id}.json`), run);
}

export function recordedRuns(place: RecordFolder): RecordedRuns {
  const { runs: folder } = metadataPaths(place.folder);
  const runs: RunRecord[] = [];
  const ours = new Set<string>();
  const unreadable = new Map<string, Problem>();
  for (const name of ownNames(place.folder, folder).filter((each) => each.endsWith(".json"))) {
    const held = readRecord(place, join(folder, name), runRecordKind);
    if (held.kind === "unreadable") unreadable.set(name.slice(0, -".json".length), held.problem);
    if (held.kind !== "read") continue;
    runs.push(held.record);
    if (held.isOurs) ours.add(held.record.id);
  }
  return { runs: runs.sort((a, b) => a.number - b.number), ours, unreadable };
}
