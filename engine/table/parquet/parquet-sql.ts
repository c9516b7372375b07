/** The pieces of SQL that name files, columns and texts. */

export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quotedText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Folders named `year=2020` are folders, not columns. */
export function tableOf(file: string): string {
  return `read_parquet(${quotedText(file)}, hive_partitioning = false)`;
}

/** The key of the file's metadata in which the formats of date columns are kept, as JSON. */
export const DATE_FORMATS = "date_formats";
