/** The values by which groups of a parquet file were made, as the texts that a csv file of the cohort has. */
import { floatText } from "../../base/value-types.ts";
import type { ColumnChunk } from "../../duckdb/column-chunk.ts";
import type { ColumnValues } from "../cohort-schema.ts";
import { cellText } from "../columns/cell-text.ts";
import type { TypedValues } from "../columns/typed-table.ts";
import type { Sql } from "../../text/sql.ts";
import type { DateFacts } from "./date-facts.ts";
import { COUNTABLE_DAY, COUNTABLE_WHOLE, readColumn } from "./read-column.ts";
import type { FileColumn, Reading } from "./reading.ts";

/** Labels of a column, numbered as they come. */
export interface GroupLabels {
  readonly column: FileColumn;
  /** What the query over the groups selects. */
  readonly value: Sql;
  /** The numbers of the labels in a piece of its result. */
  readonly codes: (chunk: ColumnChunk, at: number) => (row: number) => number;
  readonly texts: readonly string[];
}

/** Whether different values of the column are different groups wherever they have different texts. */
export function canLabel({ type }: FileColumn): boolean {
  return (
    type === "VARCHAR" ||
    type === "BOOLEAN" ||
    COUNTABLE_WHOLE.test(type) ||
    COUNTABLE_DAY.test(type)
  );
}

/** Problems: those of `readColumn` and of `cellText`. `isAdded` of a column that some measure adds up too. */
export async function groupLabels(
  reading: Reading,
  column: FileColumn,
  { facts, isAdded }: { readonly facts: DateFacts; readonly isAdded: boolean },
): Promise<GroupLabels> {
  const texts: string[] = [];
  const known = new Map<string, number>();
  const codeOf = (text: string): number => {
    const code = known.get(text) ?? texts.push(text) - 1;
    known.set(text, code);
    return code;
  };
  if (column.type === "VARCHAR") {
    const codes: GroupLabels["codes"] = (chunk, at) => {
      const values = chunk.values(at);
      return (row) => {
        const value = values[row];
        return codeOf(typeof value === "string" ? value : "");
      };
    };
    return { column, value: column.column, codes, texts };
  }
  const { value, read } = await readColumn(reading, column, facts);
  const { file } = reading;
  // Which row it is in is told by who reads the rows.
  const place = () => ({ file, row: 0, column: column.name });
  const textOf = (values: TypedValues, row: number): string =>
    isAdded && values.kind === "number"
      ? floatText((values.values[row] ?? NaN) + 0)
      : cellText(values, row, place);
  const codes: GroupLabels["codes"] = (chunk, at) => {
    const values = read(chunk, at);
    return (row) => codeOf(textOf(values, row));
  };
  return { column, value, codes, texts };
}

export function labelValues({ texts }: GroupLabels, codes: readonly number[]): ColumnValues {
  return { type: "str", codes: Uint32Array.from(codes), values: texts };
}
