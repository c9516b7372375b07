/** The rows of a parquet file whose wanted columns are read directly. */
import { FIRST_ROW } from "../columns/typed-table.ts";
import type { TypedBlock } from "../columns/typed-table.ts";
import type { DateFacts } from "./date-facts.ts";
import { chunkBytes } from "./chunk-pages.ts";
import { columnReader } from "./column-reader.ts";
import type { ColumnReader } from "./column-reader.ts";
import type { DirectColumn } from "./direct-columns.ts";
import { numberDecoder } from "./number-decoder.ts";
import { unpackers } from "./page-codecs.ts";
import type { Unpack } from "./page-codecs.ts";
import { undamaged } from "./parquet-file.ts";
import type { ParquetFile } from "./parquet-file.ts";
import type { RowGroup } from "./parquet-footer.ts";
import { textDecoder } from "./text-decoder.ts";

/** Rows decoded together: their numbers should still be in the nearest cache when they are counted. */
const BLOCK_ROWS = 8192;

/**
 * One page of each column is unpacked at a time. Problems: broken-table, unsupported-table, and of a text
 * not-utf8-text.
 */
export async function* directBlocks(
  parquet: ParquetFile,
  groups: readonly RowGroup[],
  columns: readonly DirectColumn[],
  facts: DateFacts,
): AsyncGenerator<TypedBlock> {
  const codecs = columns.flatMap(({ chunks }) => chunks.map(({ codec }) => codec));
  const unpackOf = await unpackers(codecs);
  const readers = columns.map((column) => readerOf(parquet, column, unpackOf, facts));
  let first = FIRST_ROW;
  for (const [at, { rows: all }] of groups.entries()) {
    for (const [place, { chunks }] of columns.entries()) {
      const chunk = chunks[at];
      if (chunk !== undefined) readers[place]?.open(chunk);
    }
    for (let left = all; left > 0; left -= BLOCK_ROWS) {
      const rows = Math.min(BLOCK_ROWS, left);
      const read = undamaged(parquet.file, () => readers.map((reader) => reader.read(rows)));
      yield { first, rows, columns: read };
      first += rows;
    }
  }
}

function readerOf(
  { file, handle }: ParquetFile,
  { name, type, optional }: DirectColumn,
  unpackOf: (codec: number) => Unpack,
  { formatOf, daysOf }: DateFacts,
): ColumnReader {
  const dayOf = type.kind === "time" && type.zone !== undefined ? daysOf(name) : null;
  const decoder =
    type.kind === "text"
      ? textDecoder({ file, column: name }, BLOCK_ROWS)
      : numberDecoder(type, formatOf(name), BLOCK_ROWS, dayOf);
  return columnReader(chunkBytes({ file, descriptor: handle.fd, unpackOf }), decoder, optional);
}
