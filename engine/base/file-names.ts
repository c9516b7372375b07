/** The names of cohort and measure files: the only place that writes or reads them. */
import { parseIsoDate } from "./dates.ts";
import type { IsoDate } from "./dates.ts";

/** Longer extensions first, so that `csv.gz` is not read as `gz`. */
export const cohortFormats = ["csv.gz", "dta.gz", "csv", "feather", "dta", "parquet"] as const;

export type CohortFormat = (typeof cohortFormats)[number];

const STUDY_FILE = /^study_definition(_[A-Za-z0-9_]+)?$/;

/** Languages that studies are written in, by the extension of their files. */
const STUDY_EXTENSION = /\.(?:ts|js|mjs|py)$/;

/** `study_definition_copd` for the file `study_definition_copd.ts`; null for any file that is no study's. */
export function studyOfFile(fileName: string): string | null {
  const name = fileName.replace(STUDY_EXTENSION, "");
  return name !== fileName && STUDY_FILE.test(name) ? name : null;
}

/** `_copd` for `study_definition_copd`, "" for the plain study, null for any other name. */
export function studySuffix(studyName: string): string | null {
  const match = STUDY_FILE.exec(studyName);
  return match === null ? null : (match[1] ?? "");
}

/** `input_copd_2020-01-01.csv`; without an index date `input_copd.csv`. */
export function cohortFileName(
  name: string,
  suffix: string,
  indexDate: IsoDate | null,
  format: CohortFormat,
): string {
  return `${name}${suffix}${indexDate === null ? "" : `_${indexDate}`}.${format}`;
}

/** `attrition_copd.csv`; of cohort files with a name of their own `attrition_NAME.csv`. */
export function attritionFileName(name: string, suffix: string): string {
  return name === "input" ? `attrition${suffix}.csv` : `attrition_${name}${suffix}.csv`;
}

export interface CohortFileName {
  /** What stands before the date: `input`, `input_copd`. */
  readonly stem: string;
  readonly date: IsoDate;
  readonly format: CohortFormat;
}

/** Parts of a dated cohort file's name, or null for any other name. */
export function parseCohortFileName(fileName: string): CohortFileName | null {
  const format = formatOf(fileName);
  if (format === null) return null;
  const match = /^(.+)_(\d{4}-\d{2}-\d{2})$/s.exec(fileName.slice(0, -(format.length + 1)));
  const date = parseIsoDate(match?.[2] ?? "");
  if (match?.[1] === undefined || date === null) return null;
  return { stem: match[1], date, format };
}

/** The format that a file's name claims, or null. A name that is only an extension has none. */
export function formatOf(fileName: string): CohortFormat | null {
  return (
    cohortFormats.find(
      (format) => fileName.endsWith(`.${format}`) && fileName.length > format.length + 1,
    ) ?? null
  );
}

/** What measures can be written as; csv unless another is asked for. */
export const measureFormats = ["csv", "csv.gz", "feather"] as const;

export type MeasureFormat = (typeof measureFormats)[number];

/** `measure_ID.csv`, or `measure_ID_2020-01-01.csv` for one index date. */
export function measureFileName(
  id: string,
  date: IsoDate | null,
  format: MeasureFormat = "csv",
): string {
  return `measure_${id}${date === null ? "" : `_${date}`}.${format}`;
}

/** The index date in the name of a measure's file; null in that of all dates and in any other name. */
export function measureDateOf(fileName: string, id: string): IsoDate | null {
  const parsed = parseCohortFileName(fileName);
  return parsed?.stem === `measure_${id}` ? parsed.date : null;
}

/** Stands in every folder of cohort and measure files, and tells what is known of them. */
export const MANIFEST_FILE = "cohortline.manifest.json";
