/** What an audit must know of a measure's file and cannot read in it: the manifest keeps it. */
import { isRecord } from "../base/is-record.ts";
import { parseIsoDate } from "../base/dates.ts";
import type { IsoDate } from "../base/dates.ts";
import { areColumnCuts } from "./column-cut.ts";
import type { ColumnCuts } from "./column-cut.ts";
import { countedColumns, groupKeys } from "./measure-spec.ts";
import type { MeasureSpec } from "./measure-spec.ts";
import type { MergedLabels, WithheldFigure } from "./measure-spec.ts";

/** A flag is 0 or 1 for a patient, a count a whole number from 0; of a number nothing is known. */
export type ColumnKind = (typeof columnKinds)[number];

const columnKinds = ["flag", "count", "number"] as const;

export interface PublishedFacts {
  readonly spec: MeasureSpec;
  /** Of counted columns that the study defines. */
  readonly kinds: Readonly<Record<string, ColumnKind>>;
  /** Flags among them that never go back at a later index date. */
  readonly grows: readonly string[];
  /** Groups that name a practice, or where people live more closely than a region. */
  readonly areas: readonly string[];
  /** What the study asks for in each column, and in those that it reads. Absent in entries of older engines. */
  readonly words?: Readonly<Record<string, string>>;
  /** What the study's conditions say of these and of its other flags. Absent in entries of older engines. */
  readonly relations?: readonly FlagRelation[];
  /** What the study says of the groups. Absent in entries of older engines, and where it does not hold for the numbers. */
  readonly cuts?: ColumnCuts;
  /** By index date: which patients were counted. */
  readonly cohorts: Readonly<Record<IsoDate, CohortMark>>;
}

/** Each patient of one is one, is no, or is exactly no patient of the other. */
export interface FlagRelation {
  readonly kind: (typeof relationKinds)[number];
  /** Of a subset the smaller one first. */
  readonly columns: readonly [string, string];
}

const relationKinds = ["subset", "disjoint", "complement"] as const;

/** Tells whether other numbers are of the same patients, and nothing else. */
export interface CohortMark extends Partial<CohortMarks> {
  /** Of everything that was read: equal for files of one run. Empty in what is released. */
  readonly source: string;
  /** Of the records behind it: equal where equal questions to them have equal answers. Absent where that is not known. */
  readonly records?: string;
}

export interface CohortMarks {
  readonly population: string;
  /** Of the columns that are counted and that make groups: equal for equal values of equal patients. */
  readonly columns: Readonly<Record<string, string>>;
}

/** Null where a manifest says nothing of it: an older engine wrote it, or somebody altered it. */
export function readPublished(held: unknown): PublishedFacts | null {
  return arePublishedFacts(held) ? held : null;
}

function arePublishedFacts(held: unknown): held is PublishedFacts {
  if (!isRecord(held)) return false;
  const { spec, kinds, cohorts, grows, areas, words, relations = [], cuts = {} } = held;
  return (
    (words === undefined || (isRecord(words) && areTexts(Object.values(words)))) &&
    Array.isArray(relations) &&
    relations.every(isRelation) &&
    areColumnCuts(cuts) &&
    isSpec(spec) &&
    isRecord(kinds) &&
    Object.values(kinds).every((kind) => columnKinds.some((each) => each === kind)) &&
    areTexts(grows) &&
    areTexts(areas) &&
    isRecord(cohorts) &&
    Object.entries(cohorts).every(
      ([date, mark]) => parseIsoDate(date) !== null && isCohortMark(mark),
    )
  );
}

function isRelation(held: unknown): held is FlagRelation {
  if (!isRecord(held)) return false;
  const { kind, columns } = held;
  return relationKinds.some((each) => each === kind) && areTexts(columns) && columns.length === 2;
}

export function isCohortMark(held: unknown): held is CohortMark {
  if (!isRecord(held)) return false;
  const { source, population, columns, records = "" } = held;
  if (typeof source !== "string" || typeof records !== "string") return false;
  if (population === undefined && columns === undefined) return true;
  const isMarked =
    isRecord(columns) && Object.values(columns).every((each) => typeof each === "string");
  return typeof population === "string" && isMarked;
}

function isSpec(held: unknown): held is MeasureSpec {
  if (!isRecord(held)) return false;
  const { id, numerator, denominator, group_by: keys, groups, rounding } = held;
  const { small_number_suppression: hiding, withheld, dropped = [], merged = [] } = held;
  return (
    [id, numerator, denominator].every((each) => typeof each === "string") &&
    (keys === null || areTexts(keys)) &&
    (groups === undefined || groups === "all" || groups === "observed") &&
    (typeof hiding === "boolean" || isPositive(isRecord(hiding) ? hiding["threshold"] : null)) &&
    (rounding === undefined ||
      rounding === "midpoint6" ||
      isPositive(isRecord(rounding) ? rounding["to"] : null)) &&
    (withheld === undefined || (Array.isArray(withheld) && withheld.every(isWithheld))) &&
    (dropped === "all" || (Array.isArray(dropped) && dropped.every(isDate))) &&
    Array.isArray(merged) &&
    merged.every(isMerged)
  );
}

function isWithheld(held: unknown): held is WithheldFigure {
  if (!isRecord(held)) return false;
  const { date, column, groups } = held;
  return (
    isDate(date) &&
    typeof column === "string" &&
    isRecord(groups) &&
    areTexts(Object.values(groups))
  );
}

function isMerged(held: unknown): held is MergedLabels {
  if (!isRecord(held)) return false;
  const { column, labels, into } = held;
  return typeof column === "string" && areTexts(labels) && typeof into === "string";
}

function isDate(held: unknown): held is IsoDate {
  return typeof held === "string" && parseIsoDate(held) !== null;
}

function areTexts(held: unknown): held is readonly string[] {
  return Array.isArray(held) && held.every((each) => typeof each === "string");
}

function isPositive(held: unknown): boolean {
  return typeof held === "number" && Number.isSafeInteger(held) && held > 0;
}

/** What of a cohort's marks is of one measure. */
export function marksOf(measure: MeasureSpec, { population, columns }: CohortMarks): CohortMarks {
  const names = new Set([...countedColumns(measure), ...groupKeys(measure)]);
  const own = Object.entries(columns).filter(([name]) => names.has(name));
  return { population, columns: Object.fromEntries(own) };
}
