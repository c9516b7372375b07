/** A feather file (Arrow IPC file) as a table with types. */
import { FIRST_ROW } from "../columns/typed-table.ts";
import type { TypedBlock, TypedTable } from "../columns/typed-table.ts";
import { brokenFeather, decoded, messageOf, openArrowFile } from "./arrow-file.ts";
import type { ArrowFile } from "./arrow-file.ts";
import { readBatchHeader } from "./arrow-message.ts";
import type { ArrowBlock } from "./arrow-schema.ts";
import { fieldPlaces } from "./batch-buffers.ts";
import type { ArrowBatch } from "./batch-buffers.ts";
import { cohortColumn, columnDecoder } from "./column-decoder.ts";
import type { ColumnDecoder, ReadRows } from "./column-decoder.ts";
import { dictionaryParts, wordsOf } from "./dictionary-values.ts";
import { zstdReady } from "../compression/zstd.ts";

/** Only the buffers of the asked columns are read and unpacked, one batch at a time. */
export async function openFeather(file: string): Promise<TypedTable> {
  const arrow = await openArrowFile(file);
  return {
    names: arrow.footer.fields.map(({ name }) => name),
    schema: () => Promise.resolve(arrow.footer.fields.map((field) => cohortColumn(file, field))),
    blocks: (columns) => blocksOf(arrow, columns),
    close: () => arrow.handle.close(),
  };
}

/** Rows decoded together: their numbers should still be in the nearest cache when they are counted. */
const BLOCK_ROWS = 8192;

interface AskedColumn {
  readonly at: number;
  readonly name: string;
  readonly decode: ColumnDecoder;
}

async function* blocksOf(arrow: ArrowFile, columns: readonly number[]): AsyncGenerator<TypedBlock> {
  await zstdReady();
  const parts = dictionaryParts(arrow);
  const asked = columns.map((at): AskedColumn => {
    const field = arrow.footer.fields[at] ?? brokenFeather(arrow.file);
    const values = wordsOf(arrow, field, parts);
    return { at, name: field.name, decode: columnDecoder(arrow.file, field, values, BLOCK_ROWS) };
  });
  let first = FIRST_ROW;
  for (const block of arrow.footer.batches) {
    const batch = openBatch(arrow, block);
    yield* blocksOfBatch(batch, asked, first);
    first += batch.header.rows;
  }
}

/** No buffer holds more, so no writer makes such a batch. */
const MOST_ROWS = 2 ** 32;

function openBatch(arrow: ArrowFile, block: ArrowBlock): ArrowBatch {
  const message = messageOf(arrow, block);
  const header = decoded(arrow.file, () => readBatchHeader(message));
  const possible = header.rows >= 0 && header.rows < MOST_ROWS;
  return possible ? { arrow, block, header } : brokenFeather(arrow.file);
}

function* blocksOfBatch(
  batch: ArrowBatch,
  asked: readonly AskedColumn[],
  firstOfBatch: number,
): Generator<TypedBlock> {
  const { rows: all } = batch.header;
  const { file } = batch.arrow;
  const places = fieldPlaces(batch, batch.arrow.footer.fields);
  const columns = asked.map(({ at, name, decode }): readonly [string, ReadRows] => {
    const place = places[at] ?? brokenFeather(file);
    return [name, decode(batch, place, all)];
  });
  for (let from = 0; from < all; from += BLOCK_ROWS) {
    const rows = Math.min(BLOCK_ROWS, all - from);
    const first = firstOfBatch + from;
    const read = columns.map(([column, readRows]) =>
      readRows(from, rows, (at) => ({ file, column, row: first + at })),
    );
    yield { first, rows, columns: read };
  }
}
