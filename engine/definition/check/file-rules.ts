import type { Checking, Draft } from "./draft.ts";
import { reportConflict } from "./report-conflict.ts";

/** Whether the file exists and fits is seen when it is read. */
export function checkFile(draft: Draft, checking: Checking): void {
  const { f_path: path, returning } = draft.args;
  if (typeof path === "string" && !/\.csv(\.gz)?$/.test(path)) {
    reportConflict(draft, checking, {
      sentence: `${JSON.stringify(path.slice(0, 200))} is not a .csv or .csv.gz file`,
      wayOut: "Values are joined from csv or csv.gz files with a patient_id column.",
    });
  }
  if (typeof returning === "string" && !/^\w+$/.test(returning)) {
    reportConflict(draft, checking, {
      sentence: `${JSON.stringify(returning.slice(0, 80))} cannot be a column of the file`,
      wayOut: "Column names there may hold letters, digits and underscores.",
    });
  }
}
