/** The pieces of SQL that name files, columns and texts. */

export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quotedText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Folders named `year=2020` are folders, not columns. */
export function tableOf(file: string, ...options: readonly string[]): string {
  const all = ["hive_partitioning = false", ...options];
  return `read_parquet(${quotedText(file)}, ${all.join(", ")})`;
}

/** The key of the file's metadata in which the formats of date columns are kept, as JSON. */
export const DATE_FORMATS = "date_formats";
