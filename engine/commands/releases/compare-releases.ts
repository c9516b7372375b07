/** How measures differ from those of the same name that were released before: in numbers that both folders show. */
import { publishedTables } from "../../audit/describe/published-table.ts";
import type { PublishedTable } from "../../audit/describe/published-table.ts";
import type { MeasureSpec } from "../../measures/measure-spec.ts";
import type { FolderFiles } from "./describe-folder.ts";
import type { Finding } from "./pack-checks.ts";
import type { ReadFile } from "./read-release.ts";
import { releaseOf } from "./read-release.ts";

/** How one file differs from what a folder showed of it. */
export interface Difference extends Finding {
  /** Whether numbers are others or shown only now, or something else is asked: that needs a person's eye. */
  readonly isChange: boolean;
}

/** One for each file and each earlier folder that has measures of its study. */
export function differencesSince(
  files: readonly ReadFile[],
  before: readonly FolderFiles[],
): readonly Difference[] {
  return before.flatMap(({ name, files: earlier }) =>
    files.flatMap((now): readonly Difference[] => {
      const own = earlier.filter(({ study }) => study === now.study);
      if (own.length === 0) return [];
      const then =
        own.find((each) => hasSameId(each, now)) ?? own.find((each) => isOfSame(each, now));
      if (then === undefined)
        return [{ file: now.file, says: `was not in ${name}`, isChange: false }];
      return [differenceOf(now, then, name)];
    }),
  );
}

function hasSameId(a: ReadFile, b: ReadFile): boolean {
  return a.published.spec.id === b.published.spec.id;
}

/** A measure can have been renamed. */
function isOfSame(a: ReadFile, b: ReadFile): boolean {
  const asked = ({ numerator, denominator, group_by: keys }: MeasureSpec): string =>
    JSON.stringify([numerator, denominator, keys]);
  return asked(a.published.spec) === asked(b.published.spec);
}

function differenceOf(now: ReadFile, then: ReadFile, folder: string): Difference {
  const { shown, changes, onlyNow, onlyThen } = comparedFigures(now, then);
  const defined = definedOtherwise(now, then);
  const smallest = changes.reduce((low, each) => Math.min(low, each), Infinity);
  const words = [
    changes.length === 0
      ? `none of ${shown} numbers that both show is another`
      : `${changes.length} of ${shown} numbers that both show are others, the smallest change is ${smallest}`,
    ...(onlyNow === 0 ? [] : [`${onlyNow} are shown only now`]),
    ...(onlyThen === 0 ? [] : [`${onlyThen} were shown only then`]),
    ...(defined.length === 0 ? [] : [`asked otherwise is ${defined.join(", ")}`]),
  ];
  return {
    ...{ file: now.file, says: `since ${folder} ${words.join("; ")}` },
    isChange: changes.length > 0 || defined.length > 0 || onlyNow > 0,
  };
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
  /** Of dates that both have: what one hides, or has no row for. */
  readonly onlyNow: number;
  readonly onlyThen: number;
}

function comparedFigures(now: ReadFile, then: ReadFile): Compared {
  const [own, before] = [figuresOf(now), figuresOf(then)];
  const both = [...own].flatMap(([key, { number }]) => {
    const other = before.get(key);
    return other === undefined ? [] : [Math.abs(number - other.number)];
  });
  return {
    ...{ shown: both.length, changes: both.filter((change) => change > 0) },
    ...{ onlyNow: countOnlyIn(own, before), onlyThen: countOnlyIn(before, own) },
  };
}

type Figures = ReadonlyMap<string, { readonly date: string; readonly number: number }>;

function countOnlyIn(some: Figures, others: Figures): number {
  const dates = new Set([...others.values()].map(({ date }) => date));
  return [...some].filter(([key, { date }]) => dates.has(date) && !others.has(key)).length;
}

/** By date, column and labels; of hidden numbers nothing is known. */
function figuresOf(file: ReadFile): Figures {
  const tables = file.measure === null ? [] : publishedTables(releaseOf("", [file]));
  return new Map(tables.flatMap(figuresIn));
}

function figuresIn({
  date,
  columns,
  labels,
}: PublishedTable): readonly (readonly [string, { date: string; number: number }])[] {
  return columns.flatMap(({ name, numbers }) =>
    numbers.flatMap((number, at) => {
      const group = labels.map(({ name: of, texts }) => [of, texts[at]]);
      const key = JSON.stringify([date, name, group]);
      return number === null ? [] : [[key, { date, number }] as const];
    }),
  );
}
