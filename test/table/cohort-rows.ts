/** Reading a cohort file row by row, and in pieces of any size: what tests look at. */
import type { CohortReading, WantedColumns } from "../../engine/table/cohort-reader.ts";
import type { ByteSource } from "../../engine/table/csv/byte-source.ts";
import { readCsvInput } from "../../engine/table/csv/csv-reader.ts";

export type Rows = (number | string)[][];

/** Wanted numbers and then wanted texts of every row. */
export async function rowsOf(reading: CohortReading): Promise<Rows> {
  const rows: Rows = [];
  for await (const { rows: count, numbers, codes } of reading.blocks) {
    for (let row = 0; row < count; row++) {
      const texts = codes.map((column, at) => reading.dictionaries[at]?.[column[row] ?? -1] ?? "?");
      rows.push([...numbers.map((column) => column[row] ?? NaN), ...texts]);
    }
  }
  return rows;
}

export interface Split {
  /** Bytes in memory at first. */
  readonly windowBytes: number;
  /** Most bytes that the file gives at a time. */
  readonly step: number;
}

/** The rows of a file that arrives in pieces. */
export async function rowsOfSplit(
  bytes: Uint8Array,
  { windowBytes, step }: Split,
  wanted: Partial<WantedColumns>,
): Promise<Rows> {
  const open = () => Promise.resolve(sourceOf(bytes, step));
  const input = { file: "split.csv", open, windowBytes };
  return rowsOf(await readCsvInput(input, { numbers: [], texts: [], ...wanted }));
}

function sourceOf(bytes: Uint8Array, step: number): ByteSource {
  let done = 0;
  return {
    read: (into, at) => {
      const part = bytes.subarray(done, done + Math.min(step, into.length - at));
      into.set(part, at);
      done += part.length;
      return Promise.resolve(part.length);
    },
    close: () => Promise.resolve(),
  };
}
