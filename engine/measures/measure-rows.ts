/** A measure's file as typed columns, for formats that have types. */
import type { CohortBatch, CohortSchema, ColumnValues } from "../table/cohort-schema.ts";
import { labelPlaces, measureValue } from "./measure-table.ts";
import type { PublishableTable } from "./round-counts.ts";

export interface MeasureRows {
  readonly schema: CohortSchema;
  readonly batches: readonly CohortBatch[];
}

/**
 * Labels as text, every number as a float whatever it counts, so that a blank cell changes no type:
 * blank is NaN. The columns are those of the csv file.
 */
export function measureRows(table: PublishableTable): MeasureRows {
  const { labels, columns, rows } = table;
  const places = labelPlaces(table);
  const value = Float64Array.from({ length: rows }, (_, row) => measureValue(table, row));
  const words = labels.map((label, at): ColumnValues => ({
    type: "str",
    words: label.words,
    codes: Uint32Array.from({ length: rows }, (_, row) => places[at]?.(row) ?? 0),
  }));
  const numbers = [...columns.map(({ values }) => values), value].map((values): ColumnValues => ({
    type: "float",
    values,
  }));
  return {
    schema: [
      ...labels.map(({ name }) => ({ name, type: "str" }) as const),
      ...columns.map(({ name }) => ({ name, type: "float" }) as const),
      { name: "value", type: "float" },
    ],
    batches: [{ rows, columns: [...words, ...numbers] }],
  };
}
