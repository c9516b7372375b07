/** A csv file of records: its header, and the declared columns in blocks. */
import { ProblemError } from "../../../base/problems.ts";
import { problem } from "../problems.ts";
import type { Problem } from "../../../base/problems.ts";
import { openByteSource } from "../../../table/csv/byte-source.ts";
import type { ByteSource } from "../../../table/csv/byte-source.ts";
import { byteWindow, refill } from "../../../table/csv/byte-window.ts";
import type { ByteWindow } from "../../../table/csv/byte-window.ts";
import { readHeaderRow } from "../../../table/csv/csv-header.ts";
import { indexRows, rowIndex } from "../../../table/csv/row-index.ts";
import type { RecordColumn } from "./column-decoder.ts";

export interface RecordFile {
  readonly path: string;
  /** What problems call it: the path from the folder of records. */
  readonly shown: string;
}

/** Rows of a block; a multiple of what DuckDB takes at a time. */
export const BLOCK_ROWS = 16_384;

/** Problems: those of a csv file. */
export async function readRecordHeader(file: RecordFile): Promise<readonly string[]> {
  const source = await openSource(file);
  try {
    return await readHeaderRow(byteWindow(file.shown, HEADER_BYTES), source);
  } finally {
    await source.close();
  }
}

const HEADER_BYTES = 1 << 14;

/**
 * Decodes the columns, whose names stand in the header in any letter case, and gives each block to `onBlock`;
 * the arrays of the columns are then used again. Gives what is wrong with the file, after all of it has
 * been looked at where that is possible.
 */
export async function readRecordFile(
  file: RecordFile,
  columns: readonly RecordColumn[],
  onBlock: (rows: number) => Promise<void>,
): Promise<readonly Problem[]> {
  for (const column of columns) column.wrong = null;
  const problems: Problem[] = [];
  try {
    await readBlocks(file, columns, onBlock);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    problems.push(...error.problems);
  }
  return [...columns.flatMap((column) => wrongCells(file, column)), ...problems];
}

function wrongCells({ shown }: RecordFile, { name, kind, wrong }: RecordColumn): Problem[] {
  if (wrong === null) return [];
  const { row, cells, isNullWord } = wrong;
  const facts = { file: shown, column: name, kind, row, more: cells - 1, isNullWord };
  return [problem("record-value", facts)];
}

async function readBlocks(
  file: RecordFile,
  columns: readonly RecordColumn[],
  onBlock: (rows: number) => Promise<void>,
): Promise<void> {
  const source = await openSource(file);
  try {
    const window = byteWindow(file.shown);
    const header = await readHeaderRow(window, source);
    const names = header.map((name) => name.toLowerCase());
    const fields = columns.map(({ name }) => names.indexOf(name.toLowerCase()));
    const nextBlock = blockReader(columns, fields, header.length);
    for (;;) {
      const rows = nextBlock(window);
      if (rows > 0) await onBlock(rows);
      else if (window.last) return;
      else await refill(window, source);
    }
  } finally {
    await source.close();
  }
}

/** Gives the rows that the next block has, 0 if the window holds no whole row. */
function blockReader(
  columns: readonly RecordColumn[],
  fields: readonly number[],
  width: number,
): (window: ByteWindow) => number {
  // Index and bytes of a stripe should still be in the nearest cache when they are decoded.
  const index = rowIndex(width, Math.max(16, Math.floor(4096 / (width + 1))));
  return (window) => {
    for (const { present } of columns) present.fill(0);
    let rows = 0;
    while (rows + index.numbers.length <= BLOCK_ROWS) {
      indexRows(window, index);
      if (index.rows === 0) break;
      for (const [i, column] of columns.entries()) {
        column.decode(window, index, fields[i] ?? 0, rows);
      }
      rows += index.rows;
    }
    return rows;
  };
}

function openSource({ path, shown }: RecordFile): Promise<ByteSource> {
  return openByteSource({ file: path, shown, gzip: path.toLowerCase().endsWith(".gz") });
}
