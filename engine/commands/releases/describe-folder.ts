/** Folders of measures as an audit reads them. */
import type { Description, Fact, QuantityKind, Time } from "../../audit/describe/description.ts";
import { mergedColumn, nameOfMerged } from "../../audit/describe/merged-columns.ts";
import { byCodePoint } from "../../base/value-types.ts";
import { countedColumns, groupKeys } from "../../measures/measure-spec.ts";
import type { CohortMark, FlagRelation } from "../../measures/published-facts.ts";
import { linkReleases } from "./link-releases.ts";
import type { MarkedRelease } from "./link-releases.ts";
import type { ReadFile } from "./read-release.ts";
import { releaseOf } from "./read-release.ts";

export interface DescribedFolder {
  readonly description: Description;
  /** What is not in the model, in words. */
  readonly notModelled: readonly string[];
}

export interface FolderFiles {
  readonly name: string;
  readonly files: readonly ReadFile[];
}

/** Nothing is taken for the same that is not known to be. */
export function describeFolders(folders: readonly FolderFiles[]): DescribedFolder {
  const groups = folders.flatMap(({ name, files }) =>
    runsOf(files).map((own) => ({
      ...{ name, files: own, study: own[0]?.study ?? "", marks: marksOf(own) },
    })),
  );
  const { dataAt, studies, notes } = linkReleases(groups);
  const releases = groups.map(({ name, files }, at) => ({
    ...releaseOf(name, files),
    study: studies[at] ?? "",
    dataAt: dataAt[at] ?? {},
  }));
  const files = folders.flatMap((folder) => folder.files);
  return {
    description: {
      ...{ policy: {}, columns: kindsOf(files), dimensions: [], known: [], releases },
      ...{ facts: factsOf(files), factsFrom: "study" },
      time: timeOf(files, groups),
    },
    notModelled: [
      ...folders.flatMap(({ name, files: own }) => own.flatMap((each) => leftOut(name, each))),
      ...notes,
      ...notFollowed(files),
    ],
  };
}

/** Files of one study that were counted from the same cohorts: a folder can hold some of an earlier run. */
function runsOf(files: readonly ReadFile[]): readonly (readonly ReadFile[])[] {
  const runs = new Map<string, ReadFile[]>();
  for (const each of files) {
    const key = JSON.stringify([each.study, each.run]);
    const found = runs.get(key);
    if (found === undefined) runs.set(key, [each]);
    else found.push(each);
  }
  return [...runs.values()];
}

/** At each date all that the files say of its cohort. */
function marksOf(files: readonly ReadFile[]): Readonly<Record<string, CohortMark>> {
  const all: Record<string, CohortMark> = {};
  for (const { published } of files) {
    for (const [date, mark] of Object.entries(published.cohorts)) {
      const columns = { ...all[date]?.columns, ...mark.columns };
      all[date] = { ...mark, columns };
    }
  }
  return all;
}

/**
 * What the study says of two counted columns, where every file of either was made by a study that says it. Dummy
 * patients need not be as the conditions say.
 */
function factsOf(files: readonly ReadFile[]): readonly Fact[] {
  if (files.some(({ isDummy }) => isDummy)) return [];
  const counted = files.map(({ published }) => new Set(countedColumns(published.spec)));
  const isCounted = (name: string): boolean => counted.some((own) => own.has(name));
  const keyOf = ({ kind, columns }: FlagRelation): string => JSON.stringify([kind, columns]);
  const told = files.map(({ published }) => new Set((published.relations ?? []).map(keyOf)));
  const holds = (relation: FlagRelation): boolean =>
    relation.columns.every(isCounted) &&
    counted.every(
      (own, at) =>
        !relation.columns.some((name) => own.has(name)) || told[at]?.has(keyOf(relation)) === true,
    );
  const all = files.flatMap(({ published }) => published.relations ?? []);
  const kept = new Map(all.filter(holds).map((each) => [keyOf(each), each]));
  return [...kept.values()].map(({ kind, columns }) => ({ kind, columns }));
}

/** Dummy patients are drawn anew at each date, so that what grows in records does not grow there. */
function timeOf(files: readonly ReadFile[], groups: readonly MarkedRelease[]): Time {
  const changing: Time = { cohort: "changing", cumulative: [], static: [] };
  const cumulative = files.flatMap(({ published }) => published.grows);
  const studies = new Set(files.map(({ study }) => study));
  if (cumulative.length === 0 || studies.size > 1 || files.some(({ isDummy }) => isDummy)) {
    return changing;
  }
  const marks = groups.flatMap(({ marks: own }) => Object.values(own));
  const people = new Set(marks.map(({ population }) => population));
  if (people.size !== 1 || people.has(undefined)) return changing;
  const names = new Set(marks.flatMap(({ columns }) => Object.keys(columns ?? {})));
  const isStatic = (name: string): boolean =>
    new Set(marks.flatMap(({ columns }) => columns?.[name] ?? [])).size === 1;
  return {
    cohort: "fixed",
    cumulative: [...new Set(cumulative)],
    static: [...[...names].filter(isStatic), ...mergedNames(files, isStatic)],
  };
}

/** Columns with merged labels change no more than the columns that they were. */
function mergedNames(
  files: readonly ReadFile[],
  isStatic: (name: string) => boolean,
): readonly string[] {
  const merged = files.flatMap(({ published: { spec } }) =>
    groupKeys(spec).flatMap((name) => mergedColumn(spec.merged, name) ?? []),
  );
  return merged.filter(({ column }) => isStatic(column)).map(nameOfMerged);
}

/** Where numbers that grow could tell something across dates, and are not compared because two studies are there. */
function notFollowed(files: readonly ReadFile[]): readonly string[] {
  const own = files.filter(({ isDummy, published }) => !isDummy && published.grows.length > 0);
  const studies = new Set(files.map(({ study }) => study));
  if (own.length === 0 || studies.size < 2 || files.some(({ isDummy }) => isDummy)) return [];
  const grows = [...new Set(own.flatMap(({ published }) => published.grows))].sort(byCodePoint);
  return [
    `columns ${grows.join(", ")}, which never go back, are not compared across dates: the files are of several studies (${[...studies].sort(byCodePoint).join(", ")})`,
  ];
}

/** Two studies can have columns of one name: what holds for both is taken. */
function kindsOf(files: readonly ReadFile[]): Description["columns"] {
  const kinds = new Map<string, QuantityKind>();
  for (const { published } of files) {
    const { numerator, denominator } = published.spec;
    for (const name of [numerator, denominator]) {
      const isFlag = Object.hasOwn(published.kinds, name) && published.kinds[name] === "flag";
      kinds.set(name, isFlag && kinds.get(name) !== "count" ? "flag" : "count");
    }
  }
  return Object.fromEntries(kinds);
}

function leftOut(name: string, { file, leftOut: columns }: ReadFile): readonly string[] {
  return columns.map(
    (column) => `${name}/${file}, column ${column}: sums of numbers that are not whole`,
  );
}
