/**
 * Measures of columns that the study does not define. In Python nothing marks them: as cohortextractor does,
 * the cohort files decide whether they are there, since another action may have added them.
 */
import { isRecord } from "../base/is-record.ts";
import { nearestNames } from "../base/nearest.ts";
import { problem } from "./problems.ts";
import type { Problem } from "../base/problems.ts";

export interface MarkedMeasures {
  readonly measures: unknown;
  /** One for each such column: python-measure-column. */
  readonly warnings: readonly Problem[];
}

/** Of data that a study gave and nobody has looked at: what is no measure is left as it is. */
export function markFileColumns(study: unknown, measures: unknown): MarkedMeasures {
  const columns = asRecord(asRecord(study)["columns"]);
  if (!Array.isArray(measures)) return { measures, warnings: [] };
  const warnings = new Map<string, Problem>();
  const marked = measures.map((measure: unknown) => {
    const unknown = namesIn(measure).filter((name) => !isDefined(name, columns));
    for (const column of unknown) {
      const place = asRecord(measure)["place"] as Problem["place"];
      const nearest = nearestNames(column, Object.keys(columns));
      const told = problem("python-measure-column", { column, nearest }, place);
      if (!warnings.has(column)) warnings.set(column, told);
    }
    return unknown.length === 0 ? measure : { ...asRecord(measure), from_file: unknown };
  });
  return { measures: marked, warnings: [...warnings.values()] };
}

/** `population` is everybody, and `NAME_date` may come with NAME. */
function isDefined(name: string, columns: Readonly<Record<string, unknown>>): boolean {
  const owner = name.replace(/_date(?:_measured)?$/, "");
  return name === "population" || [name, owner].some((each) => Object.hasOwn(columns, each));
}

function namesIn(measure: unknown): readonly string[] {
  const { numerator, denominator, group_by: groups } = asRecord(measure);
  const grouped: readonly unknown[] = Array.isArray(groups) ? groups : [groups];
  const names = [numerator, denominator, ...grouped];
  return [...new Set(names.filter((name) => typeof name === "string"))];
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
