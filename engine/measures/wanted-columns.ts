/** Which columns of a cohort file a study's measures need. */
import type { WantedColumns } from "../table/cohort-reader.ts";
import { POPULATION, countedColumns, groupKeys } from "./measure-spec.ts";
import type { MeasureSpec } from "./measure-spec.ts";

/**
 * The union over the measures, each list in order of first mention. A column that one measure adds up
 * and another groups by is in both lists.
 */
export function wantedColumns(measures: readonly MeasureSpec[]): WantedColumns {
  const numbers = new Set(measures.flatMap(countedColumns));
  numbers.delete(POPULATION);
  return { numbers: [...numbers], texts: [...new Set(measures.flatMap(groupKeys))] };
}
