/** Which measures of a cohort file can be counted where it is read, when not all of them can. */
import type { CountableColumns } from "../table/cohort-groups.ts";
import { isPatientLevel, wantedColumns } from "./measure-spec.ts";
import type { MeasureSpec } from "./measure-spec.ts";

export interface MeasureParts {
  readonly counted: readonly MeasureSpec[];
  /** Those that rows must be read for. */
  readonly rest: readonly MeasureSpec[];
}

/**
 * Null where all are better made from rows. A column is read alike in both parts: the text of one that some measure
 * adds up is that of a number.
 */
export function countableMeasures(
  measures: readonly MeasureSpec[],
  columns: CountableColumns,
): MeasureParts | null {
  const { numbers, texts } = wantedColumns(measures);
  if (![...numbers, ...texts].every((name) => columns.has(name))) return null;
  const canCount = (measure: MeasureSpec): boolean => {
    const wanted = wantedColumns([measure]);
    return (
      !isPatientLevel(measure) &&
      wanted.numbers.every((name) => columns.get(name)?.asNumber) &&
      wanted.texts.every((name) => columns.get(name)?.asKey)
    );
  };
  const counted = measures.filter(canCount);
  const rest = measures.filter((measure) => !counted.includes(measure));
  // Where most need the rows, reading them for all costs less.
  const isWorth = counted.length > 0 && rest.length <= counted.length;
  const areAlike = [counted, rest].every((part) => isReadAlike(part, numbers));
  return isWorth && areAlike ? { counted, rest } : null;
}

/** Whether each column that it groups by, and any measure adds up, is added up by one of its own. */
function isReadAlike(part: readonly MeasureSpec[], numbers: readonly string[]): boolean {
  const own = wantedColumns(part);
  return own.texts.every((name) => !numbers.includes(name) || own.numbers.includes(name));
}
