/** What goes to a thread and what comes back: plain data only. */
import { isoDateOf } from "../base/dates.ts";
import type { IsoDate } from "../base/dates.ts";
import type { MeasureFormat } from "../base/file-names.ts";
import type { Problem } from "../base/problems.ts";
import type { MeasureSpec } from "./measure-spec.ts";
import type { MissingColumn } from "./missing-columns.ts";
import type { HiddenGroups } from "./suppress.ts";
import {
  bool,
  entry,
  list,
  number,
  readFormat,
  readMeasure,
  readProblem,
  text,
} from "./message-fields.ts";

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
  /** What the study puts in its cohort files, for the wording of problems; empty if unknown. */
  readonly studyColumns: readonly string[];
}

/** A measure file of one date, complete and under its name. */
export interface MadeMeasure {
  readonly id: string;
  /** Its name in the folder. */
  readonly fileName: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  /** One row per patient: must not leave the secure room. */
  readonly patientLevel: boolean;
  /** Cells that a spreadsheet would run as a formula. */
  readonly formulas: number;
}

export type MeasureAnswer =
  | {
      readonly ok: true;
      /** Rows of the cohort file; 0 if it need not be read. */
      readonly patients: number;
      /** In the order of the task's measures. */
      readonly made: readonly MadeMeasure[];
      /** In which of their columns something is hidden. */
      readonly hidden: readonly HiddenGroups[];
    }
  | {
      readonly ok: false;
      /** Other than `missing`, which are told together with those of other files. */
      readonly problems: readonly Problem[];
      readonly missing: readonly MissingColumn[];
    };

/** A task for one cohort file; nothing but what is named here crosses to the thread. */
export function measureTask(
  task: Pick<MeasureTask, "file" | "date" | "folder" | "measures"> & Partial<MeasureTask>,
): MeasureTask {
  return readTask({ kept: [], studyColumns: [], format: "csv", ...task });
}

/** The task a thread was sent; anything else is a bug. */
export function readTask(sent: unknown): MeasureTask {
  return {
    file: text(sent, "file"),
    date: isoDateOf(text(sent, "date")),
    folder: text(sent, "folder"),
    format: readFormat(text(sent, "format")),
    measures: list(entry(sent, "measures"), readMeasure),
    kept: list(entry(sent, "kept"), String),
    studyColumns: list(entry(sent, "studyColumns"), String),
  };
}

/** What a thread answered; anything else is a bug. */
export function readAnswer(sent: unknown): MeasureAnswer {
  if (!bool(sent, "ok")) {
    const problems = list(entry(sent, "problems"), readProblem);
    return { ok: false, problems, missing: list(entry(sent, "missing"), readMissing) };
  }
  return {
    ok: true,
    patients: number(sent, "patients"),
    made: list(entry(sent, "made"), readMade),
    hidden: list(entry(sent, "hidden"), readHidden),
  };
}

function readHidden(sent: unknown): HiddenGroups {
  return {
    measure: text(sent, "measure"),
    column: text(sent, "column"),
    groups: number(sent, "groups"),
    more: number(sent, "more"),
  };
}

function readMissing(sent: unknown): MissingColumn {
  const role = text(sent, "role");
  return {
    measure: text(sent, "measure"),
    column: text(sent, "column"),
    role: role === "numerator" || role === "denominator" ? role : "group_by",
    inStudy: bool(sent, "inStudy"),
    nearest: list(entry(sent, "nearest"), String),
  };
}

function readMade(sent: unknown): MadeMeasure {
  return {
    id: text(sent, "id"),
    fileName: text(sent, "fileName"),
    rows: number(sent, "rows"),
    bytes: number(sent, "bytes"),
    sha256: text(sent, "sha256"),
    patientLevel: bool(sent, "patientLevel"),
    formulas: number(sent, "formulas"),
  };
}
