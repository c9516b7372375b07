/**
 * All runs of a folder, for somebody who looks again and again: a record is read once, and then only if its file
 * has become another. Of each run what a list shows is kept in memory, and not the whole record. Nobody waits for
 * thousands of records: the newest are read at once, the others between other work.
 */
import { lstatSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "../../base/problems.ts";
import { ownNames } from "../../files/json-file.ts";
import { stampOf } from "../state/file-stamp.ts";
import { comparisonsOf } from "./compare-runs.ts";
import type { Comparisons } from "./compare-runs.ts";
import type { KeptList, ListedRun } from "./kept-list.ts";
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
  readonly read: (id: string) => FoundRun | null;
  /** What keeps a record from being read; null where nothing does, or there is none. */
  readonly fault: (id: string) => Problem | null;
  readonly comparisons: (run: RunRecord) => Comparisons;
}

export interface ListedRuns {
  readonly runs: readonly RunSummary[];
  /** record-unreadable */
  readonly problems: readonly Problem[];
  /** Records that have not been read yet: mostly the oldest. */
  readonly unread: number;
}

export interface FoundRun {
  readonly run: RunRecord;
  readonly isOurs: boolean;
}

/** What a page may take longer for records that nobody has read yet. */
const MILLISECONDS_AT_ONCE = 25;
/** Between such pieces of work others get their turn. */
const MILLISECONDS_BETWEEN = 10;
/** A record is written beside its place and renamed, which the folder's own times show; what is changed in its place is found after this. */
const MILLISECONDS_TRUSTED = 5_000;
/** Fewer are read again in no time. */
const WORTH_KEEPING = 100;

export function openRunIndex(place: RecordFolder, host: string, kept: KeptList): RunIndex {
  const { runs: folder } = metadataPaths(place.folder);
  const known = new Map(kept.read());
  let pending: UnreadFile[] = [];
  let reading: NodeJS.Timeout | null = null;
  let readSince = 0;
  let looked = { at: -Infinity, folder: "" };
  const readSome = (): void => {
    const until = performance.now() + MILLISECONDS_AT_ONCE;
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      known.set(next.name, listedRun(place, join(folder, next.name), next.stamp));
      readSince += 1;
      if (performance.now() > until) break;
    }
    reading = pending.length === 0 ? null : setTimeout(readSome, MILLISECONDS_BETWEEN).unref();
    if (reading !== null || readSince < WORTH_KEEPING) return;
    readSince = 0;
    kept.write(known);
  };
  /** Gives how many are left. */
  const catchUp = (): number => {
    const now = folderStamp(folder);
    const isTrusted = performance.now() - looked.at < MILLISECONDS_TRUSTED;
    if (reading !== null || (isTrusted && looked.folder === now)) return pending.length;
    looked = { at: performance.now(), folder: now };
    pending = unreadFiles(place, folder, known);
    readSome();
    return pending.length;
  };
  const list = (): ListedRuns => {
    const unread = catchUp();
    const all = [...known.values()];
    const runs = all.flatMap(({ summary }) => (summary === null ? [] : [summary]));
    return {
      runs: runs.map((run) => asItStands(run, host)).sort((a, b) => b.number - a.number),
      problems: all.flatMap(({ problem }) => problem ?? []),
      unread,
    };
  };
  const read = (id: string): FoundRun | null => {
    const name = ownNames(place.folder, folder).find((each) => each === `${id}.json`);
    const held = name === undefined ? null : readRecord(place, join(folder, name), runRecordKind);
    if (held?.kind !== "read" || held.record.id !== id) return null;
    return { run: asItStands(held.record, host), isOurs: held.isOurs };
  };
  const fault = (id: string): Problem | null => known.get(`${id}.json`)?.problem ?? null;
  return { list, read, fault, comparisons: (run) => comparisonsWith(run, list().runs, read) };
}

interface UnreadFile {
  readonly name: string;
  readonly stamp: string;
}

/** The newest last. Forgets those that are gone. */
function unreadFiles(
  { folder: study }: RecordFolder,
  folder: string,
  known: Map<string, ListedRun>,
): UnreadFile[] {
  const names = ownNames(study, folder).filter((name) => name.endsWith(".json"));
  const there = new Set(names);
  for (const name of known.keys()) if (!there.has(name)) known.delete(name);
  return names
    .map((name) => ({ name, stamp: stampOf(join(folder, name)) }))
    .filter(({ name, stamp }) => known.get(name)?.stamp !== stamp)
    .sort((a, b) => timeIn(a.stamp) - timeIn(b.stamp));
}

function folderStamp(folder: string): string {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return found === undefined ? "none" : `${found.mtimeMs} ${found.ctimeMs}`;
}

function timeIn(stamp: string): number {
  return Number(stamp.split(" ")[1] ?? 0);
}

function listedRun(place: RecordFolder, path: string, stamp: string): ListedRun {
  const held = readRecord(place, path, runRecordKind);
  const problem = held.kind === "unreadable" ? held.problem : null;
  return { stamp, summary: held.kind === "read" ? summaryOf(held.record) : null, problem };
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
  const both = new Set([before[0]?.id, good?.id].filter((id) => id !== undefined));
  const records = [...both].flatMap((id) => read(id)?.run ?? []);
  return comparisonsOf(
    run,
    records.sort((a, b) => a.number - b.number),
  );
}
