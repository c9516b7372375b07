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
  const rows = plainRows(text) ?? quotedRows(text, told);
  const columns = rows[0]?.length ?? 0;
  for (const [row, { length: cells }] of rows.entries())
    if (cells !== columns) fail("audit-file-row", { ...told, row, cells, columns });
  return rows;
}

/** Null where some cell may be in quotes, or lines end otherwise. There are many rows, and seldom any such. */
function plainRows(text: string): readonly (readonly string[])[] | null {
  if (/["\r\uFEFF]/.test(text)) return null;
  const lines = text.split("\n");
  return lines.filter((line) => line !== "").map((line) => line.split(","));
}

function quotedRows(text: string, told: Omit<FileRows, "text">): readonly (readonly string[])[] {
  const reading = new CsvRows();
  const rows = [...reading.take(text), ...reading.end()].map((row) => row.cells());
  const { brokenLine } = reading;
  if (brokenLine !== null) fail("audit-file-quotes", { ...told, line: brokenLine });
  return rows;
}

/** Problem: audit-row-twice, since two rows of one group are not what any measure has. `rows` are those below the header. */
export function refuseTwice(
  told: Omit<FileRows, "text">,
  rows: readonly (readonly string[])[],
  labels: number,
): void {
  const dates = new Map<string, Map<string, number>>();
  let last: string | null = null;
  let seen = new Map<string, number>();
  for (const [at, cells] of rows.entries()) {
    const date = cells.at(-1) ?? "";
    if (date !== last) dates.set(date, (seen = dates.get(date) ?? new Map<string, number>()));
    last = date;
    const key = labels === 1 ? (cells[0] ?? "") : JSON.stringify(cells.slice(0, labels));
    const first = seen.get(key);
    if (first !== undefined) fail("audit-row-twice", { ...told, row: at + 1, first });
    seen.set(key, at + 1);
  }
}
