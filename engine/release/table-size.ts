/** How many rows and columns a csv file has: what its readers see of it is what counts. */
import { ProblemError } from "../base/problems.ts";
import type { CsvFile } from "../table/csv/byte-source.ts";
import { csvSize } from "../table/csv/csv-size.ts";
import type { TableSize } from "../table/csv/csv-size.ts";
import { readCsvHeader } from "../table/csv/csv-reader.ts";

const CSV = /\.csv(\.gz)?$/i;

/** Null where the file is not a csv table, or cannot be read as one. */
export function tableSize(path: string): Promise<TableSize | null> {
  if (!CSV.test(path)) return Promise.resolve(null);
  return readable(() => csvSize(csvFile(path)));
}

/** Columns of a table of which only the header is read; null where the file is not a csv table. */
export async function columnCount(path: string): Promise<number | null> {
  if (!CSV.test(path)) return null;
  const size = await readable(async () => {
    const { length } = await readCsvHeader(csvFile(path));
    return { rows: 0, columns: length };
  });
  return size?.columns ?? null;
}

function csvFile(file: string): CsvFile {
  return { file, gzip: /\.gz$/i.test(file) };
}

async function readable(read: () => Promise<TableSize>): Promise<TableSize | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.problems[0]?.code === "empty-table" ? { rows: 0, columns: 0 } : null;
  }
}
