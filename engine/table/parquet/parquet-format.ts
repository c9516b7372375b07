/** Cohorts as parquet, by way of DuckDB, which is loaded when a file is first read or written. */
import type { TableFormat } from "../table-format.ts";
import { typedFormat } from "../typed/typed-format.ts";
import { openParquet } from "./parquet-table.ts";
import { writeParquet } from "./parquet-writer.ts";

export function parquetFormat(): TableFormat {
  return typedFormat(openParquet, writeParquet);
}
