/** Columns cut into batches. */
import { unreachable } from "../../base/problems.ts";
import type { CohortBatch, ColumnValues } from "../../table/cohort-schema.ts";

const ROWS_IN_BATCH = 65_536;

/** Views of the columns, nothing is copied; no batch at all where there are no rows. */
export function* dummyBatches(
  columns: readonly ColumnValues[],
  rows: number,
): Generator<CohortBatch> {
  for (let from = 0; from < rows; from += ROWS_IN_BATCH) {
    const to = Math.min(rows, from + ROWS_IN_BATCH);
    yield { rows: to - from, columns: columns.map((column) => part(column, from, to)) };
  }
}

function part(column: ColumnValues, from: number, to: number): ColumnValues {
  switch (column.type) {
    case "bool":
      return { type: column.type, values: column.values.subarray(from, to) };
    case "int":
    case "float":
      return { type: column.type, values: column.values.subarray(from, to) };
    case "date":
      return { type: column.type, values: column.values.subarray(from, to) };
    case "str":
      return { type: column.type, codes: column.codes.subarray(from, to), values: column.values };
    default:
      return unreachable(column);
  }
}
