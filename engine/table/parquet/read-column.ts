/** How a column of a parquet file comes out of DuckDB: as plain numbers, whatever its type. */
import type { DateFormat } from "../../base/dates.ts";
import type { CohortColumn } from "../cohort-schema.ts";
import { fail } from "../problems.ts";
import type { DayOfInstant } from "../columns/instant-days.ts";
import type { DateFacts } from "./date-facts.ts";
import { shortest } from "../columns/single-float.ts";
import type { FileColumn, ReadColumn, Reading } from "./reading.ts";
import { textColumn } from "./text-column.ts";
import { sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

const WHOLE = /^U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?$/;
const DATE = /^(?:DATE|TIMESTAMP(?:_S|_MS)?)$/;

/** Of these, as numbers of 64 bits, equal values are equal texts, and the other way round. */
export const COUNTABLE_WHOLE = /^U?(?:TINY|SMALL|BIG)?INT(?:EGER)?$/;

/** Days and moments without a zone. */
export const COUNTABLE_DAY = DATE;

/** Problems: unsupported-column-type, not-utf8-text, text-too-long. */
export async function readColumn(
  reading: Reading,
  asked: FileColumn,
  { formatOf, daysOf }: DateFacts,
): Promise<ReadColumn> {
  const { name, column, type } = asked;
  if (type === "BOOLEAN") return numberColumn("bool", column);
  if (WHOLE.test(type)) return numberColumn("int", column);
  if (type === "DOUBLE" || type.startsWith("DECIMAL")) return numberColumn("float", column);
  if (type === "FLOAT") return singleColumn(column);
  if (DATE.test(type)) return dayColumn(sql`${column}::DATE - DATE '1970-01-01'`, formatOf(name));
  if (type === "TIMESTAMP_NS") return dayColumn(dayOfNanoseconds(column), formatOf(name));
  if (type === "TIMESTAMP WITH TIME ZONE")
    return momentColumn(column, formatOf(name), daysOf(name));
  if (type === "VARCHAR") return textColumn(reading, asked);
  const { file } = reading;
  return fail("unsupported-column-type", { file, column: name, type: type.toLowerCase() });
}

/** What its values are. Problem: unsupported-column-type. */
export function cohortColumn(
  file: string,
  { name, type }: FileColumn,
  { formatOf }: DateFacts,
): CohortColumn {
  if (type === "BOOLEAN") return { name, type: "bool", mayBeMissing: true };
  if (WHOLE.test(type)) return { name, type: "int", mayBeMissing: true };
  if (isFraction(type)) return { name, type: "float" };
  if (isDay(type)) return { name, type: "date", dateFormat: formatOf(name) };
  if (type === "VARCHAR") return { name, type: "str" };
  return fail("unsupported-column-type", { file, column: name, type: type.toLowerCase() });
}

function isFraction(type: string): boolean {
  return type === "DOUBLE" || type === "FLOAT" || type.startsWith("DECIMAL");
}

function isDay(type: string): boolean {
  return DATE.test(type) || type === "TIMESTAMP_NS" || type === "TIMESTAMP WITH TIME ZONE";
}

function doubles(value: Sql): Sql {
  return sql`coalesce(${value}::DOUBLE, 'nan'::DOUBLE)`;
}

function numberColumn(of: "bool" | "int" | "float", column: Sql): ReadColumn {
  return {
    value: doubles(column),
    read: (chunk, at) => ({ kind: "number", of, values: chunk.raw(at, Float64Array) }),
  };
}

/** What a 32-bit float stands for, not what it widens to. */
function singleColumn(column: Sql): ReadColumn {
  return {
    value: doubles(column),
    read: (chunk, at) => {
      const values = chunk.raw(at, Float64Array).map(shortest);
      return { kind: "number", of: "float", values };
    },
  };
}

/** The cast to a date would round the last nanoseconds of a day before 1970 up to the next day. */
function dayOfNanoseconds(column: Sql): Sql {
  const [moment, day] = [sql`epoch_ns(${column})`, sql`86400000000000`];
  return sql`${moment} // ${day} - (${moment} % ${day} < 0)::INTEGER`;
}

function dayColumn(days: Sql, format: DateFormat): ReadColumn {
  return {
    value: doubles(sql`(${days})`),
    read: (chunk, at) => ({ kind: "day", values: chunk.raw(at, Float64Array), format }),
  };
}

const MICROSECONDS = 1_000_000;

/** DuckDB has microseconds; those of a midnight are exact as doubles wherever there are dates. */
function momentColumn(column: Sql, format: DateFormat, dayOf: DayOfInstant): ReadColumn {
  return {
    value: doubles(sql`epoch_us(${column})`),
    read: (chunk, at) => {
      const moments = chunk.raw(at, Float64Array);
      const values = moments.map((each) => (Number.isNaN(each) ? NaN : dayOf(each / MICROSECONDS)));
      return { kind: "day", values, format };
    },
  };
}
