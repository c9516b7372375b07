/** Reading a Stata file column by column, in blocks of rows. */
import type { CohortBlock, CohortReading, WantedColumns } from "../cohort-reader.ts";
import type { CsvFile } from "../csv/byte-source.ts";
import { blockDecoder } from "./dta-blocks.ts";
import { dtaHeaderOf, openDtaRows } from "./dta-stripes.ts";
import { dtaDecoding } from "./text-codes.ts";
import { columnsWanted } from "./wanted-dta-columns.ts";

/** The names of the columns, as the study has them. Problems as `readCohortHeader`. */
export async function readDtaNames(csv: CsvFile): Promise<readonly string[]> {
  return (await dtaHeaderOf(csv)).columns.map(({ name }) => name);
}

/** See `readCohort`. A file without the end that its header promises is a problem, never a short read. */
export async function readDta(csv: CsvFile, wanted: WantedColumns): Promise<CohortReading> {
  // As in csv, the blocks open the file again and trust only the header they read themselves.
  columnsWanted(csv.file, await dtaHeaderOf(csv), wanted);
  const dictionaries = wanted.texts.map((): string[] => []);
  return {
    dictionaries,
    blocks: { [Symbol.asyncIterator]: () => blocksOf(csv, wanted, dictionaries) },
  };
}

async function* blocksOf(
  csv: CsvFile,
  wanted: WantedColumns,
  dictionaries: readonly string[][],
): AsyncGenerator<CohortBlock> {
  for (const texts of dictionaries) texts.length = 0;
  const { header, stripes, close } = await openDtaRows(csv);
  try {
    const columns = columnsWanted(csv.file, header, wanted);
    const decoding = await dtaDecoding(csv, header, [...columns.numbers, ...columns.texts]);
    const blockOf = blockDecoder(decoding, columns, dictionaries);
    for await (const stripe of stripes) yield blockOf(stripe);
  } finally {
    await close();
  }
}
