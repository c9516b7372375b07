/** How a column of a parquet file comes out of DuckDB: as plain numbers, whatever its type. */
import type { DateFormat } from "../../base/dates.ts";
import { fail } from "../../base/problems.ts";
import type { DayOfInstant } from "../columns/instant-days.ts";
import type { DateFacts } from "./date-facts.ts";
import { shortest } from "../columns/single-float.ts";
import { quotedName } from "./parquet-sql.ts";
import { wordColumn } from "./word-column.ts";
import type { ReadColumn, Reading } from "./reading.ts";

export interface FileColumn {
  readonly name: string;
  /** As DuckDB names it. */
  readonly type: string;
}

const WHOLE = /^U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?$/;
const DATE = /^(?:DATE|TIMESTAMP(?:_S|_MS|_NS)?)$/;

/** Problems: unsupported-column-type, not-utf8-text. */
export async function readColumn(
  reading: Reading,
  { name, type }: FileColumn,
  { formatOf, daysOf }: DateFacts,
): Promise<ReadColumn> {
  const column = quotedName(name);
  if (type === "BOOLEAN") return numberColumn("bool", column);
  if (WHOLE.test(type)) return numberColumn("int", column);
  if (type === "DOUBLE" || type.startsWith("DECIMAL")) return numberColumn("float", column);
  if (type === "FLOAT") return singleColumn(column);
  if (DATE.test(type)) return dayColumn(column, formatOf(name));
  if (type === "TIMESTAMP WITH TIME ZONE")
    return momentColumn(column, formatOf(name), daysOf(name));
  if (type === "VARCHAR") return wordColumn(reading, name);
  return fail("unsupported-column-type", {
    file: reading.file,
    column: name,
    type: type.toLowerCase(),
  });
}

function doubles(value: string): string {
  return `coalesce(${value}::DOUBLE, 'nan'::DOUBLE)`;
}

function numberColumn(of: "bool" | "int" | "float", column: string): ReadColumn {
  return {
    sql: doubles(column),
    read: (chunk, at) => ({ kind: "number", of, values: chunk.raw(at, Float64Array) }),
  };
}

/** What a 32-bit float stands for, not what it widens to. */
function singleColumn(column: string): ReadColumn {
  return {
    sql: doubles(column),
    read: (chunk, at) => {
      const values = chunk.raw(at, Float64Array).map(shortest);
      return { kind: "number", of: "float", values };
    },
  };
}

function dayColumn(column: string, format: DateFormat): ReadColumn {
  return {
    sql: doubles(`(${column}::DATE - DATE '1970-01-01')`),
    read: (chunk, at) => ({ kind: "day", values: chunk.raw(at, Float64Array), format }),
  };
}

const MICROSECONDS = 1_000_000;

/** DuckDB has microseconds; those of a midnight are exact as doubles wherever there are dates. */
function momentColumn(column: string, format: DateFormat, dayOf: DayOfInstant): ReadColumn {
  return {
    sql: doubles(`epoch_us(${column})`),
    read: (chunk, at) => {
      const moments = chunk.raw(at, Float64Array);
      const values = moments.map((each) => (Number.isNaN(each) ? NaN : dayOf(each / MICROSECONDS)));
      return { kind: "day", values, format };
    },
  };
}
