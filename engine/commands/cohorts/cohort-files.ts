/** Which cohort files of a folder belong to a study. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { IsoDate } from "../../base/dates.ts";
import { parseCohortFileName } from "../../base/file-names.ts";
import { fail } from "../problems.ts";
import { byCodePoint } from "../../base/value-types.ts";
import { failForFile } from "../../files/file-problem.ts";
import { mayCountCohort } from "../../table/read-table.ts";

export interface DatedFile {
  readonly fileName: string;
  readonly date: IsoDate;
}

/**
 * Files named exactly `input{suffix}_{date}.{ext}`, by date. A folder that is not there has none.
 * Problem: two-files-one-date, naming both.
 */
export function cohortFilesOf(folder: string, suffix: string): readonly DatedFile[] {
  const files = namesIn(folder)
    .flatMap((fileName) => {
      const parsed = parseCohortFileName(fileName);
      return parsed?.stem === `input${suffix}` ? [{ fileName, date: parsed.date }] : [];
    })
    .sort((a, b) => byCodePoint(a.fileName, b.fileName));
  for (const [i, { date, fileName }] of files.entries()) {
    const other = files[i + 1];
    if (other?.date === date)
      fail("two-files-one-date", { date, files: [fileName, other.fileName] });
  }
  return files;
}

export interface CohortSizes {
  readonly files: number;
  readonly bytes: number;
  /** Of those that may be counted without reading their rows. */
  readonly countable: number;
}

/** How many cohort files of any study the folder has, and how large they are together. */
export function cohortsIn(folder: string): CohortSizes {
  const names = namesIn(folder).filter((fileName) => parseCohortFileName(fileName) !== null);
  const sizeOf = (name: string): number =>
    statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
  const total = (some: readonly string[]): number =>
    some.reduce((sum, name) => sum + sizeOf(name), 0);
  return {
    ...{ files: names.length, bytes: total(names) },
    countable: total(names.filter(mayCountCohort)),
  };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return missing ? [] : failForFile(error, folder, "read");
  }
}
