/** How the dates of a parquet file that this engine wrote are shown. */
import { dateFormats } from "../../base/dates.ts";
import type { DateFormat } from "../../base/dates.ts";

/** By column, from the file's metadata; without a format, as in files of others, the whole day. */
export function dateFormatsIn(json: string): (column: string) => DateFormat {
  const formats = entriesOf(json);
  return (column) => dateFormats.find((format) => format === formats.get(column)) ?? "YYYY-MM-DD";
}

/** Metadata of others can have the same key. */
function entriesOf(json: string): ReadonlyMap<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    return new Map(value !== null && typeof value === "object" ? Object.entries(value) : []);
  } catch {
    return new Map();
  }
}
