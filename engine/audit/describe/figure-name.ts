/** What a figure is called: `RELEASE/FILE:ROW:COLUMN`, rows from 1 below the header. */
import type { PublishedTable } from "./published-table.ts";

/** `at` is its place in the table. */
export function figureName(
  { release, file, rows }: PublishedTable,
  column: string,
  at: number,
): string {
  return `${release.name}/${file}:${rows[at] ?? 0}:${column}`;
}

/** The file that holds it: `RELEASE/FILE`. */
export function fileOfFigure(figure: string): string {
  return figure.replace(/:\d+:[^:]*$/, "");
}
