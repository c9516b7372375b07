/** Where in the files of a codelist a code stands. */
import type { CodelistFile } from "../model.ts";
import { codelistRows } from "./codelist-rows.ts";

/** The text of a file that the study has read; null if it cannot be had any more. */
export type TextOfFile = (file: string) => string | null;

/** The first line with it, or null where none of the files has it (any more). */
export function lineOfCode(
  code: string,
  files: readonly CodelistFile[],
  textOf: TextOfFile,
): { readonly file: string; readonly line: number } | null {
  for (const { file, column } of files) {
    const [header, ...rows] = codelistRows(textOf(file) ?? "").rows;
    const index = header?.values.findIndex((name) => name.trim() === column) ?? -1;
    const row = rows.find(({ values }) => values[index]?.trim() === code);
    if (row !== undefined) return { file, line: row.line };
  }
  return null;
}
