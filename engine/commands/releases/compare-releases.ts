/** How measures differ from those of the same name that were released before: in numbers that both folders show. */
import { publishedTables } from "../../audit/describe/published-table.ts";
import type { PublishedTable } from "../../audit/describe/published-table.ts";
import type { FolderFiles } from "./describe-folder.ts";
import type { Finding } from "./pack-checks.ts";
import type { ReadFile } from "./read-release.ts";
import { releaseOf } from "./read-release.ts";

/** One for each file that was released before and is another now; small changes need a person's eye. */
export function changesSince(
  files: readonly ReadFile[],
  before: readonly FolderFiles[],
): readonly Finding[] {
  return before.flatMap(({ name, files: earlier }) =>
    files.flatMap((now) => {
      const then = earlier.find((each) => isSameMeasure(each, now));
      return then === undefined ? [] : changeOf(now, then, name);
    }),
  );
}

function isSameMeasure(a: ReadFile, b: ReadFile): boolean {
  return a.study === b.study && a.published.spec.id === b.published.spec.id;
}

function changeOf(now: ReadFile, then: ReadFile, folder: string): readonly Finding[] {
  const { shown, changes } = comparedFigures(now, then);
  const defined = definedOtherwise(now, then);
  if (changes.length === 0 && defined.length === 0) return [];
  const smallest = changes.reduce((low, each) => Math.min(low, each), Infinity);
  const figures =
    changes.length === 0
      ? `none of ${shown} numbers that both show is another`
      : `${changes.length} of ${shown} numbers that both show are others, the smallest change is ${smallest}`;
  const words = defined.length === 0 ? "" : `; asked otherwise is ${defined.join(", ")}`;
  return [{ file: now.file, says: `since ${folder} ${figures}${words}` }];
}

/** Columns of which the study then asked something else: other codes, another period. */
function definedOtherwise(now: ReadFile, then: ReadFile): readonly string[] {
  const [own, other] = [now.published.words ?? {}, then.published.words ?? {}];
  return Object.keys(own).filter((name) => Object.hasOwn(other, name) && own[name] !== other[name]);
}

interface Compared {
  readonly shown: number;
  /** By how much those differ that do, without sign. */
  readonly changes: readonly number[];
}

function comparedFigures(now: ReadFile, then: ReadFile): Compared {
  const before = figuresOf(then);
  const both = [...figuresOf(now)].flatMap(([key, number]) => {
    const other = before.get(key);
    return other === undefined ? [] : [Math.abs(number - other)];
  });
  return { shown: both.length, changes: both.filter((change) => change > 0) };
}

/** By date, column and labels; of hidden numbers nothing is known. */
function figuresOf(file: ReadFile): ReadonlyMap<string, number> {
  const tables = file.measure === null ? [] : publishedTables(releaseOf("", [file]));
  return new Map(tables.flatMap(figuresIn));
}

function figuresIn({
  date,
  columns,
  labels,
}: PublishedTable): readonly (readonly [string, number])[] {
  return columns.flatMap(({ name, numbers }) =>
    numbers.flatMap((number, at) => {
      const group = labels.map(({ name: of, texts }) => [of, texts[at]]);
      return number === null ? [] : [[JSON.stringify([date, name, group]), number] as const];
    }),
  );
}
