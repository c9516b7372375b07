/** Writing cohort batches as a Stata file. */
import { unreachable } from "../../base/problems.ts";
import { isLong } from "../cohort-schema.ts";
import type { CohortBatch, CohortColumn } from "../cohort-schema.ts";
import { flush, outBytes, putBytes, reserve } from "../csv/out-bytes.ts";
import type { OutBytes } from "../csv/out-bytes.ts";
import type { CohortRows, CohortSink } from "../table-format.ts";
import { longStorage } from "./long-storage.ts";
import { dayStorage, flagStorage, floatStorage, wholeStorage } from "./number-storage.ts";
import { putLongText } from "./long-text-bytes.ts";
import { openSpill } from "./spill.ts";
import type { Spill, SpilledChunk } from "./spill.ts";
import { FILE_END, ROWS_END, startBytes } from "./start-bytes.ts";
import { stataNames } from "./stata-names.ts";
import type { PackedColumn, StoredColumn } from "./stored-column.ts";
import { textStorage, unpackedTexts } from "./text-storage.ts";

/**
 * Puts the rows aside in the file's folder, then writes them. Problems: stata-number, and those of the file
 * system.
 */
export async function writeDta(sink: CohortSink, { schema, batches }: CohortRows): Promise<void> {
  const { path } = sink;
  const columnNames = schema.map(({ name }) => name);
  const names = stataNames(columnNames);
  const spill = await openSpill(sink, schema.length);
  try {
    const packed = schema.map((column) => packedColumn(column, path));
    const rows = await putAside(spill, packed, batches);
    const stored = packed.map((column) => column.stored());
    const out = outBytes();
    putBytes(out, startBytes({ schema, names, stored, rows }));
    await writeRows({ spill, stored, out, sink });
    putBytes(out, Buffer.from(ROWS_END));
    await writeLongTexts({ spill, stored, out, sink });
    putBytes(out, Buffer.from(FILE_END));
    await flush(out, sink, true);
  } finally {
    await spill.discard();
  }
}

function packedColumn(column: CohortColumn, file: string): PackedColumn {
  switch (column.type) {
    case "bool":
      return flagStorage();
    case "int":
      return isLong(column) ? longStorage() : wholeStorage();
    case "float":
      return floatStorage(column.name, file);
    case "date":
      return dayStorage();
    case "str":
      return textStorage();
    default:
      return unreachable(column);
  }
}

/** Rows of a chunk: as few as keep it small when every column has the widest texts. */
const CHUNK_ROWS = 256;
const CHUNK_BYTES = 2 ** 23;

/** Gives the number of rows. */
async function putAside(
  spill: Spill,
  columns: readonly PackedColumn[],
  batches: CohortRows["batches"],
): Promise<number> {
  let rows = 0;
  for await (const batch of batches) {
    const most = useBatch(columns, batch);
    for (let first = 0; first < batch.rows; first += most) {
      const count = Math.min(most, batch.rows - first);
      await spill.add(
        count,
        columns.map((column) => column.pack(first, count)),
      );
    }
    rows += batch.rows;
  }
  return rows;
}

/** Gives the number of rows to put aside at a time: fewer where one word can have megabytes. */
function useBatch(columns: readonly PackedColumn[], batch: CohortBatch): number {
  if (columns.length !== batch.columns.length) {
    throw new Error("a batch has the columns of its schema");
  }
  let longest = 1;
  batch.columns.forEach((values, at) => {
    columns[at]?.use(values);
    longest += columns[at]?.longest() ?? 0;
  });
  return Math.max(1, Math.min(CHUNK_ROWS, Math.floor(CHUNK_BYTES / longest)));
}

interface Writing {
  readonly spill: Spill;
  readonly stored: readonly StoredColumn[];
  readonly out: OutBytes;
  readonly sink: CohortSink;
}

async function writeRows({ spill, stored, out, sink }: Writing): Promise<void> {
  let firstRow = 1;
  for await (const chunk of spill.chunks()) {
    putRows(out, stored, chunk, firstRow);
    firstRow += chunk.rows;
    await flush(out, sink, false);
  }
}

function putRows(
  out: OutBytes,
  stored: readonly StoredColumn[],
  { rows, columns }: SpilledChunk,
  firstRow: number,
): void {
  const stride = stored.reduce((sum, { type }) => sum + type.bytes, 0);
  const end = out.at + rows * stride;
  reserve(out, end);
  const { bytes } = out;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  let at = out.at;
  stored.forEach((column, index) => {
    const places = { bytes, view, at, stride, count: rows, firstRow, column: index + 1 };
    column.put(columns[index] ?? new Uint8Array(0), places);
    at += column.type.bytes;
  });
  out.at = end;
}

/** In the order of the rows, and of the columns in each row. */
async function writeLongTexts({ spill, stored, out, sink }: Writing): Promise<void> {
  const long = [...stored.keys()].filter((index) => stored[index]?.type.kind === "strL");
  if (long.length === 0) return;
  let row = 0;
  for await (const { rows, columns } of spill.chunks()) {
    const texts = long.map((index) => [
      ...unpackedTexts(columns[index] ?? new Uint8Array(0), rows),
    ]);
    for (let place = 0; place < rows; place++) {
      row++;
      for (const [at, index] of long.entries()) {
        const text = texts[at]?.[place] ?? new Uint8Array(0);
        if (text.length > 0) putLongText(out, { column: index + 1, row }, text);
      }
      await flush(out, sink, false);
    }
  }
}
