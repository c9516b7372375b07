/**
 * All runs of a folder, for somebody who looks again and again: a record is read once, and then only if its file
 * has become another. Of each run what a list shows is kept in memory, and not the whole record.
 */
import { join } from "node:path";
import type { Problem } from "../../base/problems.ts";
import { ownNames } from "../../files/json-file.ts";
import { stampOf } from "../state/file-stamp.ts";
import { comparisonsOf } from "./compare-runs.ts";
import type { Comparisons } from "./compare-runs.ts";
import { metadataPaths } from "./metadata-paths.ts";
import { readRecord } from "./record-file.ts";
import type { RecordFolder } from "./record-file.ts";
import { asItStands } from "./record-keeper.ts";
import type { RunRecord } from "./run-record.ts";
import { runRecordKind } from "./run-record-reader.ts";
import { summaryOf } from "./run-summary.ts";
import type { RunSummary } from "./run-summary.ts";

export interface RunIndex {
  /** The newest first. Problems: those of `readOwnFile` for a folder that is not ours. */
  readonly list: () => ListedRuns;
  /** The record as it stands; null where it is gone or cannot be read. */
  readonly read: (listed: Pick<RunSummary, "id">) => FoundRun | null;
  readonly comparisons: (run: RunRecord) => Comparisons;
}

export interface ListedRuns {
  readonly runs: readonly RunSummary[];
  /** record-unreadable */
  readonly problems: readonly Problem[];
}

export interface FoundRun {
  readonly run: RunRecord;
  readonly isOurs: boolean;
}

interface Known {
  readonly stamp: string;
  readonly summary: RunSummary | null;
  readonly problem: Problem | null;
}

export function openRunIndex(place: RecordFolder, host: string): RunIndex {
  const { runs: folder } = metadataPaths(place.folder);
  const known = new Map<string, Known>();
  const list = (): ListedRuns => {
    const names = ownNames(place.folder, folder).filter((name) => name.endsWith(".json"));
    forgetOthers(known, new Set(names));
    for (const name of names) {
      const stamp = stampOf(join(folder, name));
      if (known.get(name)?.stamp !== stamp)
        known.set(name, knownOf(place, join(folder, name), stamp));
    }
    const all = [...known.values()];
    const runs = all.flatMap(({ summary }) => (summary === null ? [] : [summary]));
    return {
      runs: runs.map((run) => asItStands(run, host)).sort((a, b) => b.number - a.number),
      problems: all.flatMap(({ problem }) => problem ?? []),
    };
  };
  const read: RunIndex["read"] = ({ id }) => {
    const name = [...known].find(([, { summary }]) => summary?.id === id)?.[0];
    const held = name === undefined ? null : readRecord(place, join(folder, name), runRecordKind);
    if (held?.kind !== "read") return null;
    return { run: asItStands(held.record, host), isOurs: held.isOurs };
  };
  return { list, read, comparisons: (run) => comparisonsWith(run, list().runs, read) };
}

function forgetOthers(known: Map<string, Known>, names: ReadonlySet<string>): void {
  for (const name of known.keys()) if (!names.has(name)) known.delete(name);
}

function knownOf(place: RecordFolder, path: string, stamp: string): Known {
  const held = readRecord(place, path, runRecordKind);
  const problem = held.kind === "unreadable" ? held.problem : null;
  return { stamp, summary: held.kind === "read" ? summaryOf(held) : null, problem };
}

/** Reads the two runs that it is compared with, and no other. */
function comparisonsWith(
  run: RunRecord,
  runs: readonly RunSummary[],
  read: RunIndex["read"],
): Comparisons {
  const before = runs.filter(
    ({ number, backend, hasJobs }) => number < run.number && backend === run.backend && hasJobs,
  );
  const good = before.find(({ status }) => status === "succeeded");
  const both = new Set([before[0], good].filter((each) => each !== undefined));
  const records = [...both].flatMap((each) => read(each)?.run ?? []);
  return comparisonsOf(
    run,
    records.sort((a, b) => a.number - b.number),
  );
}
