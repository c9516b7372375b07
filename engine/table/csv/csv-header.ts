/** The first row of a csv file: the names of its columns. */
import { nearestNames } from "../../base/nearest.ts";
import { ProblemError } from "../../base/problems.ts";
import { fail, problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { WantedColumns } from "../cohort-reader.ts";
import type { ByteSource } from "./byte-source.ts";
import { refill } from "./byte-window.ts";
import type { ByteWindow } from "./byte-window.ts";
import { QUOTE } from "./ascii.ts";
import { textOfBytes, unquoted } from "./cell-bytes.ts";
import { indexHeader } from "./row-index.ts";

/**
 * Reads the header and moves the window behind it. A byte order mark and blank lines before it are
 * skipped. Problems: empty-table, not-utf8-text, broken-quotes, row-too-long.
 */
export async function readHeaderRow(window: ByteWindow, source: ByteSource): Promise<string[]> {
  await skipByteOrderMark(window, source);
  for (;;) {
    const edges = indexHeader(window);
    if (edges !== null) return namesBetween(window, edges);
    if (window.last) return fail("empty-table", { file: window.file });
    await refill(window, source);
  }
}

async function skipByteOrderMark(window: ByteWindow, source: ByteSource): Promise<void> {
  while (window.to < 3 && !window.last) await refill(window, source);
  const [first, second, third] = window.bytes.subarray(0, window.to);
  if (first === 0xef && second === 0xbb && third === 0xbf) window.from = 3;
}

function namesBetween({ file, row, bytes }: ByteWindow, edges: Int32Array): string[] {
  const place = () => ({ file, row, column: null });
  return Array.from({ length: edges.length - 1 }, (_, field) => {
    const start = (edges[field] ?? 0) + 1;
    const end = edges[field + 1] ?? 0;
    const quoted = bytes[start] === QUOTE && start < end;
    return textOfBytes(quoted ? unquoted(bytes, start, end) : bytes.subarray(start, end), place);
  });
}

/** Where each wanted column is in a row. */
export type FieldOf = (name: string) => number;

/**
 * Finds the wanted columns in a header; a name may occur once. Problems, all of them at once:
 * missing-file-column with the nearest names, repeated-file-column.
 */
export function findColumns(
  file: string,
  header: readonly string[],
  wanted: WantedColumns,
): FieldOf {
  const names = [...new Set([...wanted.numbers, ...wanted.texts])];
  const problems = names.flatMap((column) => columnProblems(file, header, column));
  if (problems.length > 0) throw new ProblemError(problems);
  return (name) => header.indexOf(name);
}

function columnProblems(file: string, header: readonly string[], column: string): Problem[] {
  const field = header.indexOf(column);
  if (field < 0) {
    const nearest = nearestNames(column, header);
    return [problem("missing-file-column", { file, column, nearest })];
  }
  const repeated = header.includes(column, field + 1);
  return repeated ? [problem("repeated-file-column", { file, column })] : [];
}
