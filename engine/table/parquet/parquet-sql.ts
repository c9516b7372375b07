/** The SQL that reads a file, and the keys of a file's metadata. */
import { sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

/** Folders named `year=2020` are folders, not columns. */
export function tableOf(file: string): Sql {
  return sql`read_parquet(${file}, hive_partitioning = false)`;
}

/** Under it the formats of date columns are kept, as JSON. */
export const DATE_FORMATS = "date_formats";

/** Under it other programs keep their own schema, in base64. */
export const ARROW_SCHEMA = "ARROW:schema";
