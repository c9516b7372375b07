/** What a parquet file says of its dates beside their types. */
import { dateFormats as knownFormats } from "../../base/dates.ts";
import type { DateFormat } from "../../base/dates.ts";
import { fail } from "../problems.ts";
import { instantDays } from "../columns/instant-days.ts";
import type { DayOfInstant } from "../columns/instant-days.ts";
import { readArrowFields } from "../feather/arrow-schema.ts";
import type { ArrowField } from "../feather/arrow-schema.ts";
import { rootTable, tableField } from "../feather/flat-table.ts";

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

/**
 * Time zones by column: parquet itself only says that a time is a moment; pyarrow, R and Polars keep the zone.
 * UTC where nothing is said, or what is said cannot be read.
 */
function zonesIn(arrowSchema: string): (column: string) => string {
  const zones = zonesOf(arrowSchema);
  return (column) => zones.get(column) ?? "UTC";
}

/** In front of the message stand four bytes of ones and its length. */
const BEFORE_MESSAGE = 8;

function zonesOf(arrowSchema: string): ReadonlyMap<string, string> {
  const zones = new Map<string, string>();
  for (const { name, type } of arrowFields(arrowSchema)) {
    if (type.kind === "time" && type.zone !== undefined) zones.set(name, type.zone);
  }
  return zones;
}

/** The columns as Arrow's own schema in a parquet file has them; none where it is not there or cannot be read. */
export function arrowFields(arrowSchema: string): readonly ArrowField[] {
  if (arrowSchema === "") return [];
  try {
    const message = rootTable(Buffer.from(arrowSchema, "base64").subarray(BEFORE_MESSAGE));
    const schema = tableField(message, 2);
    return schema === null ? [] : readArrowFields(schema);
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}
