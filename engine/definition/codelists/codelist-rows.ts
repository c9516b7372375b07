/** The rows of a codelist file that hold something. Runs inside the sandbox: plain JavaScript only. */
import { CsvRows } from "../../text/csv-rows.ts";

export interface CodelistRow {
  /** Where it begins, from 1; a quoted value can run over several lines. */
  readonly line: number;
  readonly values: readonly string[];
}

export interface CodelistRows {
  readonly rows: readonly CodelistRow[];
  /** The line of the first quoted value that does not end properly; null where all do. */
  readonly brokenLine: number | null;
}

/** The first is the header. Line ends inside quoted values become LF; rows of blanks are left out. */
export function codelistRows(text: string): CodelistRows {
  const reading = new CsvRows();
  const rows = [...reading.take(text), ...reading.end()]
    .map(({ line, cells }) => ({ line, values: cells().map(withLf) }))
    .filter(({ values }) => values.some((value) => value.trim() !== ""));
  return { rows, brokenLine: reading.brokenLine };
}

function withLf(value: string): string {
  return value.includes("\r") ? value.replaceAll(/\r\n?/g, "\n") : value;
}
