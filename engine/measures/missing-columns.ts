/** Columns that measures need and a cohort file lacks. */
import { nearestNames } from "../base/nearest.ts";
import { problem } from "../base/problems.ts";
import type { Problem } from "../base/problems.ts";
import { POPULATION, groupKeys } from "./measure-spec.ts";
import type { MeasureSpec } from "./measure-spec.ts";

/** What there is to choose from. */
export interface KnownColumns {
  /** Name of the cohort file. */
  readonly file: string;
  readonly inFile: readonly string[];
  readonly inStudy: readonly string[];
}

/**
 * A problem for each measure and column that the file does not have: measures are computed from the
 * file, so a column of the file alone will do, one of the study alone will not (spec/decisions.md).
 */
export function missingColumns(measures: readonly MeasureSpec[], known: KnownColumns): Problem[] {
  return measures.flatMap((measure) => [
    ...missing(measure, [measure.numerator], "numerator", known),
    ...missing(measure, [measure.denominator], "denominator", known),
    ...missing(measure, groupKeys(measure), "group_by", known),
  ]);
}

function missing(
  { id }: MeasureSpec,
  columns: readonly string[],
  role: "numerator" | "denominator" | "group_by",
  { file, inFile, inStudy }: KnownColumns,
): Problem[] {
  return columns
    .filter((column) => column !== POPULATION && !inFile.includes(column))
    .map((column) => {
      const nearest = nearestNames(column, [...inFile, ...inStudy]);
      const known = inStudy.includes(column);
      return problem("measure-column-missing", {
        ...{ measure: id, column, role, file, nearest },
        inStudy: known,
      });
    });
}
