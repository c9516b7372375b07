/** What a parquet file says of its dates beside their types. */
import { dateFormats as knownFormats } from "../../base/dates.ts";
import type { DateFormat } from "../../base/dates.ts";
import { fail } from "../problems.ts";
import { instantDays } from "../columns/instant-days.ts";
import type { DayOfInstant } from "../columns/instant-days.ts";
import { zonesIn } from "./arrow-zones.ts";

/** Texts of the file's metadata, "" where it has none. */
export interface DateMetadata {
  /** How dates are shown, as JSON; files of other programs lack it. */
  readonly dateFormats: string;
  /** What Arrow says of the columns, in base64. */
  readonly arrowSchema: string;
}

export interface DateFacts {
  /** Without a format, as in files of other programs, the whole day. */
  readonly formatOf: (column: string) => DateFormat;
  /** Of a column of moments. Problem: unsupported-column-type, where its zone is not known. */
  readonly daysOf: (column: string) => DayOfInstant;
}

export function dateFacts(file: string, { dateFormats, arrowSchema }: DateMetadata): DateFacts {
  const formats = entriesOf(dateFormats);
  const zoneOf = zonesIn(arrowSchema);
  const type = "timestamp in a time zone that is not known";
  return {
    formatOf: (column) =>
      knownFormats.find((format) => format === formats.get(column)) ?? "YYYY-MM-DD",
    daysOf: (column) =>
      instantDays(zoneOf(column)) ?? fail("unsupported-column-type", { file, column, type }),
  };
}

/** Metadata of other programs can have the same key. */
function entriesOf(json: string): ReadonlyMap<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    return new Map(value !== null && typeof value === "object" ? Object.entries(value) : []);
  } catch {
    return new Map();
  }
}
