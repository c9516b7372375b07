/** The pieces of SQL that name files and texts, and the keys of a file's metadata. */

export function quotedText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Folders named `year=2020` are folders, not columns. */
export function tableOf(file: string): string {
  return `read_parquet(${quotedText(file)}, hive_partitioning = false)`;
}

/** Under it the formats of date columns are kept, as JSON. */
export const DATE_FORMATS = "date_formats";

/** Under it other programs keep their own schema, in base64. */
export const ARROW_SCHEMA = "ARROW:schema";
