/** The rows of a measure's file, header first, where each says something of its own. */
import { CsvRows } from "../../text/csv-rows.ts";
import { fail } from "../problems.ts";

interface FileRows {
  readonly release: string;
  readonly file: string;
  readonly text: string;
}

/**
 * Problems: audit-file-quotes, since what is behind an open quote would be read as other labels; audit-file-row, of a row that
 * has more or fewer cells than the header.
 */
export function rowsOfFile({ text, ...told }: FileRows): readonly (readonly string[])[] {
  const reading = new CsvRows();
  const rows = [...reading.take(text), ...reading.end()].map((row) => row.cells());
  const { brokenLine } = reading;
  if (brokenLine !== null) fail("audit-file-quotes", { ...told, line: brokenLine });
  const columns = rows[0]?.length ?? 0;
  for (const [row, { length: cells }] of rows.entries())
    if (cells !== columns) fail("audit-file-row", { ...told, row, cells, columns });
  return rows;
}

/** Problem: audit-row-twice, since two rows of one group are not what any measure has. `rows` are those below the header. */
export function refuseTwice(
  told: Omit<FileRows, "text">,
  rows: readonly (readonly string[])[],
  labels: number,
): void {
  const dates = new Map<string | undefined, Map<string, number>>();
  for (const [at, cells] of rows.entries()) {
    const date = cells.at(-1);
    const seen = dates.get(date) ?? new Map<string, number>();
    const own = cells.slice(0, labels);
    const key = own.length === 1 ? (own[0] ?? "") : JSON.stringify(own);
    const first = seen.get(key);
    if (first !== undefined) fail("audit-row-twice", { ...told, row: at + 1, first });
    dates.set(date, seen.set(key, at + 1));
  }
}
