/** Which columns of a parquet file are read directly. */
import { knownEncodings } from "./encodings.ts";
import { knownCodecs } from "./page-codecs.ts";
import type { ColumnChunk, ParquetFooter } from "./parquet-footer.ts";
import type { SchemaElement } from "./schema-element.ts";
import { valueType } from "./value-type.ts";
import type { ValueType } from "./value-type.ts";

export interface DirectColumn {
  readonly name: string;
  readonly type: ValueType;
  /** Whether rows may have no value. */
  readonly optional: boolean;
  /** One for each row group. */
  readonly chunks: readonly ColumnChunk[];
}

/** A column of the table, however much is nested in it. */
export interface TableColumn {
  readonly element: SchemaElement;
  /** Its place, or that of its first leaf, among the chunks of a row group. */
  readonly chunk: number;
}

/** The columns of the table. A RangeError where the schema contradicts itself. */
export function tableColumns({ schema }: ParquetFooter): readonly TableColumn[] {
  const [root] = schema;
  const columns: TableColumn[] = [];
  let [next, chunk] = [1, 0];
  for (let column = 0; column < (root?.children ?? 0); column++) {
    const element = schema[next];
    if (element === undefined) throw new RangeError("a schema that ends too early");
    columns.push({ element, chunk });
    // How many entries are still to come before the next column.
    for (let open = 1; open > 0; open--, next++) {
      const entry = schema[next];
      if (entry === undefined) throw new RangeError("a schema that ends too early");
      open += entry.children;
      if (entry.children === 0) chunk += leafChunks(entry);
    }
  }
  if (next !== schema.length) throw new RangeError("a schema that goes on too long");
  return columns;
}

function leafChunks({ physical }: SchemaElement): number {
  if (physical === null) throw new RangeError("a column without a type");
  return 1;
}

/**
 * Null where DuckDB is to read the column. A RangeError where its chunks contradict the schema, or lie outside
 * the bytes in front of `end`.
 */
export function directColumn(
  footer: ParquetFooter,
  { element, chunk }: TableColumn,
  end: number,
): DirectColumn | null {
  const type = valueType(element);
  if (type === null || footer.encrypted || element.repetition > OPTIONAL) return null;
  const chunks: ColumnChunk[] = [];
  for (const group of footer.groups) {
    const place = group.chunks[chunk] ?? null;
    if (place === null || !isKnown(place)) return null;
    mustFit(place, element, group.rows, end);
    chunks.push(place);
  }
  return { name: element.name, type, optional: element.repetition === OPTIONAL, chunks };
}

const OPTIONAL = 1;

function isKnown({ codec, encodings }: ColumnChunk): boolean {
  return knownCodecs.has(codec) && encodings.every((encoding) => knownEncodings.has(encoding));
}

function mustFit(
  { physical, values, from, bytes }: ColumnChunk,
  element: SchemaElement,
  rows: number,
  end: number,
): void {
  // Where a row group has no row, some writers say a place behind the file.
  const inFile = rows === 0 || (from >= MAGIC_BYTES && from + bytes <= end);
  if (!inFile || physical !== element.physical || values !== rows) {
    throw new RangeError("a column that is not where the footer says");
  }
}

/** In front of all values. */
const MAGIC_BYTES = 4;
