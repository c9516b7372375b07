/** Cohorts as parquet. DuckDB writes them, and is loaded for that, or to read a file of an unusual layout. */
import type { TableFormat } from "../table-format.ts";
import { typedFormat } from "../typed/typed-format.ts";
import { openParquet } from "./parquet-table.ts";
import { writeParquet } from "./parquet-writer.ts";

export function parquetFormat(): TableFormat {
  return typedFormat(openParquet, writeParquet);
}
