/** Writing cohort batches as a feather file: Arrow IPC with zstd. */
import {
  compressionRegistry,
  CompressionType,
  Field,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Utf8,
} from "apache-arrow";
import type { Data } from "apache-arrow";

import type { AtomicFile } from "../../files/atomic-file.ts";
import { mayBeMissing } from "../cohort-schema.ts";
import type { CohortBatch, CohortColumn } from "../cohort-schema.ts";
import type { CohortRows } from "../table-format.ts";
import { CohortFileWriter } from "./cohort-file-writer.ts";
import { DATE_FORMAT } from "./column-decoder.ts";
import { columnFiller } from "./column-filler.ts";
import type { ColumnFiller } from "./column-filler.ts";
import { packZstd, zstdReady } from "../compression/zstd.ts";

/** Rows of each batch in the file but the last, however many those have that come in. */
const BATCH_ROWS = 65_536;

interface Gathering {
  readonly schema: Schema;
  readonly fillers: readonly ColumnFiller[];
  readonly writer: CohortFileWriter;
  rows: number;
}

/** The same rows give the same bytes, however they were batched. */
export async function writeFeather(
  file: Pick<AtomicFile, "write">,
  { schema, batches }: CohortRows,
): Promise<void> {
  await zstdReady();
  compressionRegistry.set(CompressionType.ZSTD, { encode: packZstd });
  const gathering = startFile(schema);
  for await (const batch of batches) {
    if (batch.columns.length !== schema.length) {
      throw new Error("a batch has the columns of its schema");
    }
    for (let from = 0; from < batch.rows;) {
      from += gather(gathering, batch, from);
      if (gathering.rows === BATCH_ROWS) await writeBatch(file, gathering);
    }
  }
  if (gathering.rows > 0) await writeBatch(file, gathering);
  endFile(gathering);
  await drain(file, gathering);
}

function startFile(columns: readonly CohortColumn[]): Gathering {
  const fillers = columns.map((column, id) => columnFiller(column, id, BATCH_ROWS));
  const schema = new Schema(
    columns.map((column, at) => {
      const type = fillers[at]?.type ?? failForColumn();
      const optional = column.type === "str" || column.type === "date" || mayBeMissing(column);
      return new Field(column.name, type, optional, metadataOf(column));
    }),
  );
  const writer = new CohortFileWriter({ compressionType: CompressionType.ZSTD });
  writer.reset(undefined, schema);
  return { schema, fillers, writer, rows: 0 };
}

function failForColumn(): never {
  throw new Error("every column has its filler");
}

/** A year or month is the first of its days in the file: the format says how to show it. */
function metadataOf(column: CohortColumn): Map<string, string> | null {
  return column.type === "date" ? new Map([[DATE_FORMAT, column.dateFormat]]) : null;
}

/** Takes rows of the batch from `from` on, and gives how many. */
function gather(gathering: Gathering, batch: CohortBatch, from: number): number {
  const count = Math.min(batch.rows - from, BATCH_ROWS - gathering.rows);
  const rows = { from, count, at: gathering.rows };
  batch.columns.forEach((values, at) => gathering.fillers[at]?.put(values, rows));
  gathering.rows += count;
  return count;
}

async function writeBatch(file: Pick<AtomicFile, "write">, gathering: Gathering): Promise<void> {
  const { schema, fillers, writer, rows: length } = gathering;
  const children = fillers.map((filler) => filler.data(length));
  const type = new Struct(schema.fields);
  const data = makeData({ type, length, nullCount: 0, children });
  // A measure may group by the column that it counts: of columns with one name, a batch makes one type.
  writer.write(Object.assign(new RecordBatch(schema, data), { schema }));
  gathering.rows = 0;
  await drain(file, gathering);
}

function endFile({ fillers, writer }: Gathering): void {
  fillers.forEach(({ words }, id) => {
    if (words !== null) writer.writeValues(id, textData(words.values));
  });
  writer.finish();
}

function textData(words: readonly string[]): Data<Utf8> {
  const bytes = words.map((word) => Buffer.from(word));
  const valueOffsets = new Int32Array(words.length + 1);
  bytes.forEach(({ length }, word) => {
    valueOffsets[word + 1] = (valueOffsets[word] ?? 0) + length;
  });
  const data = Buffer.concat(bytes);
  const length = words.length;
  return makeData({ type: new Utf8(), length, nullCount: 0, valueOffsets, data });
}

async function drain(file: Pick<AtomicFile, "write">, { writer }: Gathering): Promise<void> {
  await file.write(Buffer.concat(writer.take()));
}
