/** What changed from one run to another: code, definitions, codelists, row counts. */
import { holdsPatients } from "../state/action-state.ts";
import { fileDifferences } from "../state/changes.ts";
import type { FileDifference } from "../state/changes.ts";
import type { RecordedOutput, RunRecord } from "./run-record.ts";

export interface RowChange {
  readonly path: string;
  /** Null where the file is no table, or was not there. */
  readonly before: number | null;
  readonly after: number | null;
  /** Whether researchers must not see the file in one of the runs. */
  readonly isKept: boolean;
}

export interface Comparison {
  readonly number: number;
  readonly id: string;
  readonly created: string;
  /** `old..new`, both in full; null outside a repository. */
  readonly commits: string | null;
  /** Names of studies whose canonical form is another, new or gone. */
  readonly definitions: readonly string[];
  readonly codelists: readonly FileDifference[];
  /** All other code, project.yaml among it. */
  readonly code: readonly FileDifference[];
  /** Files whose number of rows is another, new files and gone ones. */
  readonly rows: readonly RowChange[];
  readonly engine: string | null;
}

export interface Comparisons {
  readonly previous: Comparison | null;
  readonly previousSuccessful: Comparison | null;
}

/** With runs before it, of the same backend: others say nothing of what changed. */
export function comparisonsOf(run: RunRecord, runs: readonly RunRecord[]): Comparisons {
  const before = runs.filter(
    ({ number, backend, jobs }) =>
      number < run.number && backend === run.backend && jobs.length > 0,
  );
  const previous = before.at(-1);
  const successful = before.filter(({ status }) => status === "succeeded").at(-1);
  return {
    previous: previous === undefined ? null : compareRuns(previous, run),
    previousSuccessful: successful === undefined ? null : compareRuns(successful, run),
  };
}

export function compareRuns(before: RunRecord, run: RunRecord): Comparison {
  const files = fileDifferences(before.code, run.code);
  const isCodelist = ({ path }: FileDifference): boolean => path.startsWith("codelists/");
  const { number, id, created } = before;
  const [old, now] = [before.git.commit, run.git.commit];
  const [engineBefore, engine] = [before.engine_version, run.engine_version];
  return {
    ...{ number, id, created },
    commits: old === null || now === null ? null : `${old}..${now}`,
    definitions: changedDefinitions(before, run),
    codelists: files.filter(isCodelist),
    code: files.filter((file) => !isCodelist(file)),
    rows: rowChanges(before, run),
    engine: engineBefore === engine ? null : `v${engineBefore} to v${engine}`,
  };
}

/** Of the last outputs that a run knew: those of its own jobs and those that it kept. */
export function outputsOf({ jobs, kept }: RunRecord): readonly RecordedOutput[] {
  return [...jobs, ...kept].flatMap(({ outputs }) => outputs);
}

function changedDefinitions(before: RunRecord, run: RunRecord): readonly string[] {
  const [old, now] = [definitionsOf(before), definitionsOf(run)];
  return [...now]
    .filter(([name, print]) => old.has(name) && old.get(name) !== print)
    .map(([n]) => n);
}

function definitionsOf({ jobs, kept }: RunRecord): ReadonlyMap<string, string> {
  const all = [...kept, ...jobs].flatMap(({ definitions }) => definitions);
  return new Map(all.map(({ name, fingerprint }) => [name, fingerprint]));
}

/** Only of actions that both runs have outputs of: one that was not asked for did not lose its files. */
function rowChanges(before: RunRecord, run: RunRecord): readonly RowChange[] {
  const both = actionsWithOutputs(before).filter((name) => actionsWithOutputs(run).includes(name));
  const [old, now] = [rowsOf(before, both), rowsOf(run, both)];
  const paths = [...new Set([...old.keys(), ...now.keys()])].sort();
  const all = [...outputsOf(before), ...outputsOf(run)];
  const kept = new Set(all.filter(holdsPatients).map(({ path }) => path));
  return paths
    .filter((path) => old.get(path) !== now.get(path))
    .map((path) => ({
      ...{ path, before: old.get(path) ?? null, after: now.get(path) ?? null },
      isKept: kept.has(path),
    }));
}

function actionsWithOutputs({ jobs, kept }: RunRecord): readonly string[] {
  return [...jobs, ...kept].filter(({ outputs }) => outputs.length > 0).map(({ action }) => action);
}

function rowsOf(
  { jobs, kept }: RunRecord,
  actions: readonly string[],
): ReadonlyMap<string, number | null> {
  const all = [...jobs, ...kept].filter(({ action }) => actions.includes(action));
  return new Map(all.flatMap(({ outputs }) => outputs.map(({ path, rows }) => [path, rows])));
}
