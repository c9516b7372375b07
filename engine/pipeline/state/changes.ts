/** Why an action is not what it was: the differences between two bases, in words. */
import type { ActionInputs } from "./action-state.ts";

const MOST_NAMED = 3;

/** Empty where an action made from either would be the same. */
export function changesBetween(before: ActionInputs, now: ActionInputs): readonly string[] {
  return [
    ...(before.command === now.command ? [] : ["its command changed"]),
    ...(before.config === now.config ? [] : ["its config changed"]),
    ...(sameList(before.outputs, now.outputs) ? [] : ["its declared outputs changed"]),
    ...populationChange(before, now),
    ...(before.data === now.data ? [] : [`the data are ${now.data ?? "none"} now`]),
    ...(before.engine === now.engine
      ? []
      : [`the engine changed from v${before.engine} to v${now.engine}`]),
    ...(sameList(before.studies, now.studies) ? [] : ["the set of study definitions changed"]),
    ...fileChanges(before.code, now.code),
    ...fileChanges(before.inputs, now.inputs),
  ];
}

function populationChange(before: ActionInputs, now: ActionInputs): readonly string[] {
  if (before.population === now.population) return [];
  // Another source of data says it better.
  if (before.population === null || now.population === null) return [];
  return [`population_size changed from ${before.population} to ${now.population}`];
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

type Hashes = Readonly<Record<string, string>>;

function fileChanges(before: Hashes, now: Hashes): readonly string[] {
  const differences = fileDifferences(before, now);
  const named = differences.slice(0, MOST_NAMED).map(({ path, what }) => `${path} ${what}`);
  const more = differences.length - named.length;
  return more === 0 ? named : [...named, `${more} more ${more === 1 ? "file" : "files"} changed`];
}

export interface FileDifference {
  readonly path: string;
  readonly what: "changed" | "is new" | "is gone";
}

/** In order of path. */
export function fileDifferences(before: Hashes, now: Hashes): readonly FileDifference[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  return paths
    .filter((path) => before[path] !== now[path])
    .map((path) => ({ path, what: difference(before[path], now[path]) }));
}

function difference(was: string | undefined, is: string | undefined): FileDifference["what"] {
  if (was === undefined) return "is new";
  return is === undefined ? "is gone" : "changed";
}
