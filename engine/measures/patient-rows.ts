/**
 * Values of measures without groups: one row per patient, in the order of the file. The only part of
 * an aggregation that takes more room the more patients there are.
 */
import type { CohortBlock } from "../table/cohort-reader.ts";
import { growFloats } from "./grow.ts";

export interface PatientRows {
  rows: number;
  /** By position among the wanted numbers. */
  readonly columns: Map<number, Float64Array>;
}

export function noPatientsYet(): PatientRows {
  return { rows: 0, columns: new Map() };
}

export function keepRows(kept: PatientRows, block: CohortBlock): void {
  const rows = kept.rows + block.rows;
  for (const [position, column] of kept.columns) {
    const longer = growFloats(column, rows);
    const values = block.numbers[position];
    if (values !== undefined) longer.set(values.subarray(0, block.rows), kept.rows);
    kept.columns.set(position, longer);
  }
  kept.rows = rows;
}
