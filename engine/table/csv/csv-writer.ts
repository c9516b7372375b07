/** Writing cohort batches as rows of csv (spec/cohort.md 7.2). */
import type { AtomicFile } from "../atomic-file.ts";
import type { CohortBatch } from "../cohort-schema.ts";
import type { CohortRows } from "../table-format.ts";
import { COMMA, LF } from "./ascii.ts";
import { cellWriters, fillCells, mostBytes, putCell } from "./cell-writer.ts";
import type { CellWriter } from "./cell-writer.ts";
import { flush, outBytes, PIECE, reserve } from "./out-bytes.ts";
import type { OutBytes } from "./out-bytes.ts";
import { quotedField } from "./quoted-field.ts";

/** Header and rows, LF line ends, UTF-8; a date without a date is empty. */
export async function writeCsv(
  sink: Pick<AtomicFile, "write">,
  { schema, batches }: CohortRows,
): Promise<void> {
  const out = outBytes();
  putHeader(
    out,
    schema.map(({ name }) => name),
  );
  const writers = cellWriters(schema);
  for await (const batch of batches) {
    fillCells(writers, batch);
    reserve(out, mostBytes(writers) + writers.length);
    for (let row = 0; row < batch.rows;) {
      row = putRows(out, writers, batch, row);
      await flush(out, sink, false);
    }
  }
  await flush(out, sink, true);
}

function putHeader(out: OutBytes, names: readonly string[]): void {
  const header = new TextEncoder().encode(`${names.map(quotedField).join(",")}\n`);
  reserve(out, header.length);
  out.bytes.set(header, out.at);
  out.at += header.length;
}

/** Puts rows until a piece is full or the batch ends; gives the next row. */
function putRows(
  out: OutBytes,
  writers: readonly CellWriter[],
  batch: CohortBatch,
  from: number,
): number {
  const { bytes } = out;
  let { at } = out;
  let row = from;
  for (; row < batch.rows && at < PIECE; row++) {
    for (const writer of writers) {
      at = putCell(writer, row, bytes, at);
      bytes[at++] = COMMA;
    }
    bytes[at - 1] = LF;
  }
  out.at = at;
  return row;
}
