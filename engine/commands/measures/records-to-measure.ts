/** Who is asked in place of cohort files, and which measures a database cannot answer. */
import type { IsoDate } from "../../base/dates.ts";
import type { Problem } from "../../base/problems.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import { parseIndexDates } from "../../definition/dates/parse-index-dates.ts";
import {
  countedColumns,
  groupKeys,
  isPatientLevel,
  POPULATION,
} from "../../measures/measure-spec.ts";
import type { RequestOf } from "../../options/command-table.ts";
import { fail, problem } from "../problems.ts";
import type { LoadedStudy } from "../studies/load-study.ts";

export type MeasuredSource =
  | { readonly kind: "database"; readonly url: string }
  | { readonly kind: "dummy"; readonly patients: number };

export interface RecordsToMeasure {
  readonly source: MeasuredSource;
  readonly indexDates: readonly IsoDate[];
  readonly today: IsoDate;
  readonly params: Readonly<Record<string, string>>;
}

/** Null where cohort files are to be measured. Problems: usage, no-data-source, those of `parseIndexDates`. */
export function recordsToMeasure(
  request: RequestOf<"generate_measures">,
  environmentUrl: string | undefined,
  today: IsoDate,
): RecordsToMeasure | null {
  const { indexDateRange, param: params } = request;
  const source = sourceOf(request, environmentUrl);
  if (source === null) return null;
  const indexDates = parseIndexDates(indexDateRange ?? "", today).filter((date) => date !== null);
  if (indexDates.length === 0) {
    return fail("usage", {
      sentence: "measures from a database need --index-date-range",
      wayOut: 'Add it: --index-date-range "2020-01-01 to 2020-12-01 by month".',
    });
  }
  return { source, indexDates, today, params };
}

/** In place of a database that the environment names, patients may be made up. */
function sourceOf(
  request: RequestOf<"generate_measures">,
  environmentUrl: string | undefined,
): MeasuredSource | null {
  const { databaseUrl, fromDatabase, expectationsPopulation: patients } = request;
  if (patients !== undefined) {
    if (databaseUrl === undefined) return { kind: "dummy", patients };
    return fail("usage", {
      sentence: "--expectations-population and --database-url exclude each other",
      wayOut: "Keep one of them.",
    });
  }
  if (databaseUrl === undefined && !fromDatabase) {
    if (request.indexDateRange === undefined) return null;
    return fail("usage", {
      sentence: "--index-date-range is for measures from a database",
      wayOut:
        "Add --database-url or --from-database; the dates of cohort files are in their names.",
    });
  }
  const url = databaseUrl ?? environmentUrl;
  if (url === undefined || url === "") {
    return fail("no-data-source", { environment: "DATABASE_URL" });
  }
  return { kind: "database", url };
}

/**
 * Measures that only cohort files can answer. Problems: measure-needs-rows, measure-needs-file, measure-needs-order.
 */
export function needCohorts({ study }: LoadedStudy): readonly Problem[] {
  const types = new Map(study.columns.map(({ name, type }) => [name, type]));
  const riskGroups = new Set(study.columns.filter(isTidied).map(({ name }) => name));
  return study.measures.flatMap((measure): readonly Problem[] => {
    const { id, place } = measure;
    const facts = { study: study.name, measure: id };
    if (isPatientLevel(measure)) return [problem("measure-needs-rows", facts, place)];
    const used = [...new Set([...countedColumns(measure), ...groupKeys(measure)])];
    const columns = used.filter((name) => name !== POPULATION && !study.output.includes(name));
    if (columns.length > 0) return [problem("measure-needs-file", { ...facts, columns }, place)];
    const adds = countedColumns(measure).filter((name) => types.get(name) === "float");
    const group = groupKeys(measure).find((name) => riskGroups.has(name));
    if (adds.length === 0 || group === undefined) return [];
    return [problem("measure-needs-order", { ...facts, columns: adds, group }, place)];
  });
}

/** Several texts of the records become one in the file. */
function isTidied(column: CheckedStudy["columns"][number]): boolean {
  return column.function === "with_covid_therapeutics" && column.args.returning === "risk_group";
}
