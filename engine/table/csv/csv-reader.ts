/** Reading a csv file column by column, in blocks of rows. */
import type { CohortBlock, CohortReading, WantedColumns } from "../cohort-reader.ts";
import { openByteSource } from "./byte-source.ts";
import type { ByteSource, CsvFile } from "./byte-source.ts";
import { byteWindow, refill } from "./byte-window.ts";
import { blockDecoder } from "./block-decoder.ts";
import { findColumns, readHeaderRow } from "./csv-header.ts";
import { rowIndex } from "./row-index.ts";

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

export interface CsvReading {
  /** Whether dictionaries grow, or begin anew with each block: then memory is bounded whatever the texts. */
  readonly texts: "of the file" | "of each block";
}

/** See `readCohort`. */
export function readCsv(
  csv: CsvFile,
  wanted: WantedColumns,
  reading: CsvReading = { texts: "of the file" },
): Promise<CohortReading> {
  return readCsvInput(inputOf(csv), wanted, reading);
}

export async function readCsvInput(
  input: CsvInput,
  wanted: WantedColumns,
  { texts }: CsvReading = { texts: "of the file" },
): Promise<CohortReading> {
  // The blocks open the file again and trust only the header they read themselves: a reading that
  // nobody iterates holds no file open, and a file replaced in between is never misread.
  findColumns(input.file, await headerOf(input), wanted);
  const dictionaries = wanted.texts.map((): string[] => []);
  return {
    dictionaries,
    blocks: { [Symbol.asyncIterator]: () => blocksOf({ ...input, texts }, wanted, dictionaries) },
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
  input: CsvInput & CsvReading,
  wanted: WantedColumns,
  dictionaries: readonly string[][],
): AsyncGenerator<CohortBlock> {
  const emptied = () => {
    for (const texts of dictionaries) texts.length = 0;
    return dictionaries;
  };
  const source = await input.open();
  try {
    const window = byteWindow(input.file, input.windowBytes);
    const header = await readHeaderRow(window, source);
    const fieldOf = findColumns(input.file, header, wanted);
    const index = rowIndex(header.length, stripeRows(header.length));
    const plan = { wanted, fieldOf, rows: BLOCK_ROWS };
    let nextBlock = blockDecoder({ ...plan, dictionaries: emptied() });
    for (;;) {
      const block = nextBlock(window, index);
      if (block.rows > 0) {
        yield block;
        if (input.texts === "of each block") {
          nextBlock = blockDecoder({ ...plan, dictionaries: emptied() });
        }
      } else if (window.last) return;
      else await refill(window, source);
    }
  } finally {
    await source.close();
  }
}

/** The most rows of a block. */
const BLOCK_ROWS = 16_384;

/** Rows indexed and then decoded together: index and bytes should still be in the nearest cache. */
function stripeRows(fields: number): number {
  return Math.max(16, Math.floor(4096 / (fields + 1)));
}
