/** Which cohort files of a folder belong to a study. decisions.md 3. */
import { readdirSync } from "node:fs";
import type { IsoDate } from "../base/dates.ts";
import { parseCohortFileName } from "../base/file-names.ts";
import { fail } from "../base/problems.ts";
import { byCodePoint } from "../base/value-types.ts";
import { failForFile } from "../table/file-problem.ts";

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

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return missing ? [] : failForFile(error, folder, "read");
  }
}
