/** What goes to a thread and what comes back: plain data, for it crosses as a structured clone. */
import type { IsoDate } from "../base/dates.ts";
import type { MeasureFormat } from "../base/file-names.ts";
import type { Problem } from "../base/problems.ts";
import { measureSpec } from "./measure-spec.ts";
import type { MeasureSpec } from "./measure-spec.ts";
import type { MeasureTable } from "./measure-table.ts";
import type { MissingColumn } from "./missing-columns.ts";
import type { CohortMarks } from "./published-facts.ts";
import type { HiddenGroups } from "./suppress.ts";

/** One cohort file and what to make of it. */
export interface MeasureTask {
  /** Path of the cohort file. */
  readonly file: string;
  readonly date: IsoDate;
  /** Folder of the measure files. */
  readonly folder: string;
  /** Of the measure files. */
  readonly format: MeasureFormat;
  /** All measures of the study: together they decide how a column is read. */
  readonly measures: readonly MeasureSpec[];
  /** Ids of those whose file for this date stands already and stays as it is. */
  readonly kept: readonly string[];
  /** By which the cohort is marked; null where it is not. */
  readonly secret: string | null;
  /** What the study puts in its cohort files, for the wording of problems; empty if unknown. */
  readonly studyColumns: readonly string[];
}

/** What was counted of a cohort. */
export interface Measured {
  readonly patients: number;
  readonly marks: CohortMarks | null;
  /** One for each measure of the task. */
  readonly tables: readonly MeasureTable[];
}

/** A measure file of one date, complete and under its name. */
export interface MadeMeasure {
  readonly id: string;
  /** Its name in the folder. */
  readonly fileName: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  /** Cells that a spreadsheet would run as a formula. */
  readonly formulas: number;
  /** Labels that a repair merges and that were there, by `nameOfLabel`; absent = none. */
  readonly merged?: readonly string[];
}

export type MeasureAnswer =
  | {
      readonly ok: true;
      /** Rows of the cohort file; 0 if it need not be read. */
      readonly patients: number;
      /** Null where the cohort is not marked. */
      readonly marks: CohortMarks | null;
      /** In the order of the task's measures. */
      readonly made: readonly MadeMeasure[];
      /** In which of their columns something is hidden. */
      readonly hidden: readonly HiddenGroups[];
    }
  | {
      readonly ok: false;
      /** Other than `missing`, which are reported together with those of other files. */
      readonly problems: readonly Problem[];
      readonly missing: readonly MissingColumn[];
      /** How the thread that worked on it died, twice; absent where it did not. */
      readonly died?: string;
    };

/** A task for one cohort file. Of a measure it carries only what `MeasureSpec` names. */
export function measureTask(
  task: Pick<MeasureTask, "file" | "date" | "folder" | "measures"> & Partial<MeasureTask>,
): MeasureTask {
  const measures = task.measures.map(measureSpec);
  return { kept: [], secret: null, studyColumns: [], format: "csv", ...task, measures };
}
