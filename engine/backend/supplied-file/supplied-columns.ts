/** The columns of a supplied file that the study has, and how their cells are read. */
import { basename } from "node:path";

import { formatOf } from "../../base/file-names.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import { emptyNumber } from "../../definition/empty-value.ts";
import type { CohortColumn } from "../../table/cohort-schema.ts";
import { cohortSchema } from "../cohort-columns.ts";
import { cellCheck, patientIdCheck } from "./check-cell.ts";
import type { CellCheck } from "./check-cell.ts";

export interface SuppliedColumn {
  readonly column: CohortColumn;
  readonly check: CellCheck;
}

/** In the order of the study; `patient_id` first. */
export function suppliedColumns(study: CheckedStudy, path: string): readonly SuppliedColumn[] {
  const format = formatOf(basename(path));
  const typed = format !== "csv" && format !== "csv.gz";
  const checked = new Map(study.columns.map((column) => [column.name, column]));
  return cohortSchema(study).map((column, at) => {
    const asked = checked.get(column.name);
    const empty = asked === undefined ? 0 : emptyNumber(asked);
    const check = at === 0 ? patientIdCheck : cellCheck(column, { typed, emptyNumber: empty });
    return { column, check };
  });
}

/** Those of which the number counts and not the word that a file shows for it. */
export function numberColumns(columns: readonly SuppliedColumn[]): ReadonlySet<string> {
  return new Set(
    columns.filter(({ column }) => column.type !== "str").map(({ column }) => column.name),
  );
}
