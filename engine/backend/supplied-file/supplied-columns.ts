/** The columns of a supplied file that the study has, and how their cells are read. */
import { basename } from "node:path";

import { formatOf } from "../../base/file-names.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import { emptyNumber } from "../../definition/empty-value.ts";
import type { CohortColumn } from "../../table/cohort-schema.ts";
import { cohortSchema } from "../cohort-columns.ts";
import { cellCheck, patientIdCheck } from "./check-cell.ts";
import type { CellCheck, CellKind } from "./check-cell.ts";

export interface SuppliedColumn {
  readonly column: CohortColumn;
  readonly check: CellCheck;
}

/** What a column and its check are made from; plain data. */
export interface SuppliedKind {
  readonly column: CohortColumn;
  readonly kind: CellKind | "patient-id";
}

/** In the order of the study; `patient_id` first. */
export function suppliedKinds(study: CheckedStudy, path: string): readonly SuppliedKind[] {
  const format = formatOf(basename(path));
  const typed = format !== "csv" && format !== "csv.gz";
  const checked = new Map(study.columns.map((column) => [column.name, column]));
  return cohortSchema(study).map((column, at) => {
    const asked = checked.get(column.name);
    const empty = asked === undefined ? 0 : emptyNumber(asked);
    return { column, kind: at === 0 ? "patient-id" : { typed, emptyNumber: empty } };
  });
}

export function suppliedColumn({ column, kind }: SuppliedKind): SuppliedColumn {
  return { column, check: kind === "patient-id" ? patientIdCheck : cellCheck(column, kind) };
}

export function suppliedColumns(study: CheckedStudy, path: string): readonly SuppliedColumn[] {
  return suppliedKinds(study, path).map(suppliedColumn);
}

/** Those of which the number counts and not the word that a file shows for it. */
export function numberColumns(columns: readonly SuppliedColumn[]): ReadonlySet<string> {
  return new Set(
    columns.filter(({ column }) => column.type !== "str").map(({ column }) => column.name),
  );
}
