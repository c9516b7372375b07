/** One column on its way into DuckDB: plain numbers first, made what they mean by SQL. */
import { unreachable } from "../../base/problems.ts";
import type { TypedArray } from "../../duckdb/column-chunk.ts";
import type { RawType } from "../../duckdb/column-appender.ts";
import { isLong, NO_DATE, NO_FLAG } from "../cohort-schema.ts";
import type { BatchColumn, CohortColumn } from "../cohort-schema.ts";
import { failForType } from "../csv/cell-column.ts";
import { MISSING_CODE } from "../columns/typed-table.ts";
import { valueList } from "../columns/value-list.ts";
import { sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

export interface StagedColumn {
  readonly type: RawType;
  /** Throws where the values are not of the declared type (a bug). */
  raw(values: BatchColumn | undefined, rows: number): TypedArray;
  /** The value of the file, from the staged one and, for texts, the list of words. */
  readonly value: (staged: Sql, words: Sql) => Sql;
  /** Texts alone have them; complete when all batches are staged. */
  readonly words: readonly string[] | null;
}

/** A number is a number, and 0 is not missing; NaN in a column of whole numbers and NO_FLAG are. */
export function stagedColumn(column: CohortColumn): StagedColumn {
  switch (column.type) {
    case "bool":
      return { type: "UTINYINT", raw: flags, value: flagValue, words: null };
    case "int":
      if (isLong(column))
        return { type: "BIGINT", raw: longs, value: (staged) => staged, words: null };
      // A double is exact to 2^53, beyond which none is written.
      return {
        type: "DOUBLE",
        raw: wholes,
        value: (staged) => sql`CASE WHEN NOT isnan(${staged}) THEN ${staged}::BIGINT END`,
        words: null,
      };
    case "float":
      return { type: "DOUBLE", raw: floats, value: (staged) => staged, words: null };
    case "date":
      return { type: "INTEGER", raw: days, value: dateValue, words: null };
    case "str":
      return codedColumn();
    default:
      return unreachable(column);
  }
}

function flags(values: BatchColumn | undefined): TypedArray {
  return values?.type === "bool" ? values.values : failForType("bool");
}

function wholes(values: BatchColumn | undefined): TypedArray {
  return values?.type === "int" ? values.values : failForType("int");
}

function longs(values: BatchColumn | undefined): TypedArray {
  return values?.type === "long" ? values.values : failForType("long");
}

function floats(values: BatchColumn | undefined): TypedArray {
  return values?.type === "float" ? values.values : failForType("float");
}

function days(values: BatchColumn | undefined): TypedArray {
  return values?.type === "date" ? values.values : failForType("date");
}

function flagValue(staged: Sql): Sql {
  return sql`CASE WHEN ${staged} <> ${NO_FLAG} THEN ${staged} <> 0 END`;
}

/** Milliseconds, as in feather. */
function dateValue(staged: Sql): Sql {
  const day = sql`(DATE '1970-01-01' + ${staged})::TIMESTAMP_MS`;
  return sql`CASE WHEN ${staged} <> (${NO_DATE}) THEN ${day} END`;
}

function codedColumn(): StagedColumn {
  const words = valueList();
  let codes = new Int32Array(0);
  return {
    type: "INTEGER",
    raw: (values, rows) => {
      if (values?.type !== "str") return failForType("str");
      if (codes.length < rows) codes = new Int32Array(rows);
      words.use(values.values);
      for (let row = 0; row < rows; row++) codes[row] = words.codeOf(values.codes[row] ?? 0);
      return codes;
    },
    value: (staged, list) =>
      sql`CASE WHEN ${staged} <> (${MISSING_CODE}) THEN ${list}[${staged} + 1] END`,
    words: words.values,
  };
}
