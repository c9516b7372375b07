/** Columns that measures need and a cohort file lacks. */
import { nearestNames } from "../base/nearest.ts";
import { problem } from "./problems.ts";
import type { Problem } from "../base/problems.ts";
import { POPULATION, groupKeys } from "./measure-spec.ts";
import type { MeasureSpec } from "./measure-spec.ts";

/** What there is to choose from. */
export interface KnownColumns {
  readonly inFile: readonly string[];
  readonly inStudy: readonly string[];
}

export interface MissingColumn {
  /** Id of the measure that needs it. */
  readonly measure: string;
  readonly column: string;
  readonly role: "numerator" | "denominator" | "group_by";
  /** Whether the study makes the column, so that only the file is at fault. */
  readonly inStudy: boolean;
  readonly nearest: readonly string[];
}

/**
 * One for each measure and column that the file does not have: measures are computed from the file,
 * so a column of the file alone will do, one of the study alone will not.
 */
export function missingColumns(
  measures: readonly MeasureSpec[],
  known: KnownColumns,
): readonly MissingColumn[] {
  return measures.flatMap((measure) => [
    ...missing(measure, [measure.numerator], "numerator", known),
    ...missing(measure, [measure.denominator], "denominator", known),
    ...missing(measure, groupKeys(measure), "group_by", known),
  ]);
}

function missing(
  { id }: MeasureSpec,
  columns: readonly string[],
  role: MissingColumn["role"],
  { inFile, inStudy }: KnownColumns,
): readonly MissingColumn[] {
  return columns
    .filter((column) => column !== POPULATION && !inFile.includes(column))
    .map((column) => ({
      measure: id,
      column,
      role,
      inStudy: inStudy.includes(column),
      nearest: nearestNames(column, [...inFile, ...inStudy]),
    }));
}

export interface FileLacking {
  /** Name of the cohort file. */
  readonly file: string;
  readonly missing: readonly MissingColumn[];
}

/** A problem for each measure and column, whatever the number of files that lack it, `of` so many. */
export function missingProblems(lacking: readonly FileLacking[], of: number): readonly Problem[] {
  const found = new Map<string, { readonly first: MissingColumn; readonly files: string[] }>();
  for (const { file, missing: columns } of lacking) {
    for (const each of columns) {
      const key = JSON.stringify([each.measure, each.role, each.column]);
      const known = found.get(key) ?? { first: each, files: [] };
      known.files.push(file);
      found.set(key, known);
    }
  }
  return [...found.values()].map(({ first, files }) =>
    problem("measure-column-missing", { ...first, files, of }),
  );
}
