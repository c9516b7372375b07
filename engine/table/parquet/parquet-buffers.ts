/** A parquet file's columns as buffers, with the types that the file has: DuckDB reads it. */
import { fail } from "../problems.ts";
import type {
  BufferColumn,
  BufferTable,
  BufferType,
  ColumnBuffers,
  MomentUnit,
} from "../buffers/column-buffers.ts";
import { widthOf } from "../buffers/column-buffers.ts";
import type { ArrowField } from "../feather/arrow-schema.ts";
import type { DuckDb } from "../../duckdb/duckdb.ts";
import { sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { arrowFields } from "./date-facts.ts";
import { ARROW_SCHEMA } from "./parquet-sql.ts";
import { askAbout } from "./duckdb-reader.ts";
import { metadataTexts, mustAddUp, openParquetFile } from "./parquet-file.ts";
import type { OpenParquet } from "./parquet-file.ts";
import { textColumn } from "./text-column.ts";
import type { FileColumn } from "./reading.ts";
import type { ColumnChunk, TypedArray } from "../../duckdb/column-chunk.ts";

/** Under it pandas keeps what it says of a table, as JSON. */
const PANDAS = "pandas";

/** Problems: as `openParquet`. */
export async function openParquetBuffers(file: string): Promise<BufferTable> {
  const open = await openParquetFile(file);
  const { db, columns } = open;
  const facts = await askAbout(file, async () => ({
    texts: await metadataTexts(db, file, [PANDAS, ARROW_SCHEMA]),
    rows: await db.rows(sql`SELECT num_rows FROM parquet_file_metadata(${file})`),
  }));
  const rows = Number(facts.rows[0]?.["num_rows"]);
  const [pandas = "", arrowSchema = ""] = facts.texts;
  const fields = new Map(arrowFields(arrowSchema).map((field) => [field.name, field]));
  const told = columns.map((column) => toldColumn(file, column, fields));
  return {
    ...{ rows, columns: told, pandas },
    read: (at) => askAbout(file, () => columnOf(open, { at, told, rows })),
    close: () => {
      db.close();
      return Promise.resolve();
    },
  };
}

/** Categories come out as the values that they stand for: a parquet file does not say their order. */
function toldColumn(
  file: string,
  { name, type }: FileColumn,
  fields: ReadonlyMap<string, ArrowField>,
): BufferColumn {
  const known = typeOf(type, fields.get(name));
  if (known === null) {
    return fail("unsupported-column-type", { file, column: name, type: type.toLowerCase() });
  }
  return { name, type: known, codes: null };
}

const WHOLE: Readonly<Record<string, number>> = {
  ...{ TINYINT: 8, SMALLINT: 16, INTEGER: 32, BIGINT: 64 },
};
const MOMENTS: Readonly<Record<string, MomentUnit>> = {
  ...{ TIMESTAMP_S: "s", TIMESTAMP_MS: "ms", TIMESTAMP: "us", TIMESTAMP_NS: "ns" },
};

function typeOf(type: string, field: ArrowField | undefined): BufferType | null {
  if (field?.type.kind === "null") return { kind: "null" };
  if (type === "BOOLEAN") return { kind: "bool" };
  if (type === "VARCHAR") return { kind: "text" };
  if (type === "DATE") return { kind: "day" };
  if (type === "FLOAT" || type === "DOUBLE")
    return { kind: "float", bits: type === "FLOAT" ? 32 : 64 };
  const signed = !type.startsWith("U");
  const bits = WHOLE[signed ? type : type.slice(1)];
  if (bits !== undefined) return { kind: "int", bits, signed };
  const time = field?.type.kind === "time" ? field.type : null;
  if (type === "TIMESTAMP WITH TIME ZONE") {
    const unit = time === null ? "us" : unitOf(time.perDay);
    return { kind: "moment", unit, zone: time?.zone ?? "UTC" };
  }
  const unit = MOMENTS[type];
  if (unit === undefined) return null;
  // DuckDB reads milliseconds as microseconds.
  const own = time === null ? unit : unitOf(time.perDay);
  return { kind: "moment", unit: own === "s" ? "ms" : own, zone: null };
}

function unitOf(perDay: number): MomentUnit {
  const units: readonly MomentUnit[] = ["s", "ms", "us", "ns"];
  return units.find((_, at) => 86_400 * 1000 ** at === perDay) ?? "us";
}

interface Asked {
  readonly at: number;
  readonly told: readonly BufferColumn[];
  readonly rows: number;
}

async function columnOf(open: OpenParquet, { at, told, rows }: Asked): Promise<ColumnBuffers> {
  const { db, file, columns, table } = open;
  const [column, facts] = [columns[at], told[at]];
  if (column === undefined || facts === undefined)
    throw new Error("a column is known by its place");
  await mustAddUp(db, file, [column]);
  const isThere = sql`(${column.column} IS NOT NULL)::UTINYINT`;
  if (facts.type.kind === "text") {
    const { value, words } = await textColumn({ db, file, table }, column);
    const places = sql`CASE WHEN ${column.column} IS NULL THEN -1 ELSE ${value} END`;
    const data = await gathered(db, sql`SELECT ${places} FROM ${table}`, { rows, width: 4 });
    return { recorded: null, data, words, values: null };
  }
  const recorded = await gathered(db, sql`SELECT ${isThere} FROM ${table}`, { rows, width: 1 });
  const width = widthOf(facts);
  const value = valueOf(column, facts.type);
  const data = await gathered(db, sql`SELECT ${value} FROM ${table}`, { rows, width });
  const marks = recorded.every((each) => each === 1) ? null : recorded;
  return { recorded: width === 0 ? null : marks, data, words: null, values: null };
}

const ARRAYS = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array, 8: BigInt64Array } as const;

/** The first column of the answer, as DuckDB holds it. */
async function gathered(
  db: DuckDb,
  query: Sql,
  { rows, width }: { readonly rows: number; readonly width: number },
): Promise<Uint8Array> {
  const data = new Uint8Array(rows * width);
  if (width === 0) return data;
  let from = 0;
  for await (const chunk of db.chunks(query)) {
    const { buffer, byteOffset, byteLength } = rawOf(chunk, width);
    data.set(new Uint8Array(buffer, byteOffset, byteLength), from);
    from += byteLength;
  }
  return data;
}

function rawOf(chunk: ColumnChunk, width: number): TypedArray {
  switch (width) {
    case 1:
      return chunk.raw(0, ARRAYS[1]);
    case 2:
      return chunk.raw(0, ARRAYS[2]);
    case 4:
      return chunk.raw(0, ARRAYS[4]);
    default:
      return chunk.raw(0, ARRAYS[8]);
  }
}

/** As many bytes as its type has, whatever is there where nothing is recorded. */
function valueOf({ column, type: held }: FileColumn, type: BufferType): Sql {
  switch (type.kind) {
    case "bool":
      return sql`coalesce(${column}, false)::UTINYINT`;
    case "day":
      return sql`coalesce(${column} - DATE '1970-01-01', 0)::INTEGER`;
    case "moment":
      return sql`coalesce(${instant(column, held, type.unit)}, 0)::BIGINT`;
    case "int":
    case "float":
      return sql`coalesce(${column}, 0::${word(held)})`;
    default:
      return sql`0`;
  }
}

const PER_UNIT: Readonly<Record<Exclude<MomentUnit, "ns">, number>> = {
  s: 1_000_000,
  ms: 1000,
  us: 1,
};

/** DuckDB counts moments in microseconds, but for its own nanoseconds. */
function instant(column: Sql, held: string, unit: MomentUnit): Sql {
  if (unit !== "ns") return sql`epoch_us(${column}) // ${PER_UNIT[unit]}`;
  return held === "TIMESTAMP_NS" ? sql`epoch_ns(${column})` : sql`epoch_us(${column}) * 1000`;
}
