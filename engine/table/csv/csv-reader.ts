/** Reading a csv file column by column, in blocks of rows. */
import type { CohortBlock, CohortReading, WantedColumns } from "../cohort-reader.ts";
import { openByteSource } from "./byte-source.ts";
import type { ByteSource, CsvFile } from "./byte-source.ts";
import { byteWindow, refill } from "./byte-window.ts";
import type { ByteWindow } from "./byte-window.ts";
import { blockDecoder } from "./block-decoder.ts";
import { findColumns, readHeaderRow } from "./csv-header.ts";
import { indexRows, rowIndex } from "./row-index.ts";

/** Where the bytes come from and how many are in memory at a time; tests choose both. */
export interface CsvInput {
  readonly file: string;
  readonly open: () => Promise<ByteSource>;
  readonly windowBytes?: number;
}

/** The names in the header. Problems as `readCohortHeader`. */
export function readCsvHeader(csv: CsvFile): Promise<string[]> {
  return headerOf(inputOf(csv));
}

/** See `readCohort`. */
export function readCsv(csv: CsvFile, wanted: WantedColumns): Promise<CohortReading> {
  return readCsvInput(inputOf(csv), wanted);
}

export async function readCsvInput(input: CsvInput, wanted: WantedColumns): Promise<CohortReading> {
  // The blocks open the file again and trust only the header they read themselves: a reading that
  // nobody iterates holds no file open, and a file replaced in between is never misread.
  findColumns(input.file, await headerOf(input), wanted);
  const dictionaries = wanted.texts.map((): string[] => []);
  return {
    dictionaries,
    blocks: { [Symbol.asyncIterator]: () => blocksOf(input, wanted, dictionaries) },
  };
}

function inputOf(csv: CsvFile): CsvInput {
  return { file: csv.file, open: () => openByteSource(csv) };
}

async function headerOf(input: CsvInput): Promise<string[]> {
  const source = await input.open();
  try {
    return await readHeaderRow(byteWindow(input.file, input.windowBytes ?? HEADER_BYTES), source);
  } finally {
    await source.close();
  }
}

const HEADER_BYTES = 1 << 14;

async function* blocksOf(
  input: CsvInput,
  wanted: WantedColumns,
  dictionaries: readonly string[][],
): AsyncGenerator<CohortBlock> {
  for (const texts of dictionaries) texts.length = 0;
  const source = await input.open();
  try {
    const window = byteWindow(input.file, input.windowBytes);
    const header = await readHeaderRow(window, source);
    const index = rowIndex(header.length, blockRows(header.length));
    const fieldOf = findColumns(input.file, header, wanted);
    const decode = blockDecoder({ wanted, fieldOf, dictionaries, rows: index.numbers.length });
    for (;;) {
      indexRows(window, index);
      if (index.rows > 0) yield decode(window, index);
      else if (window.last) return;
      else await refill(window, source);
    }
  } finally {
    await source.close();
  }
}

/** 16,384 rows, fewer in a wide file: the index of a block then stays within 1 MiB. */
function blockRows(fields: number): number {
  return Math.max(1, Math.min(16_384, Math.floor((1 << 18) / (fields + 1))));
}
