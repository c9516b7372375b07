/** Reads the codelist files of a study. Runs inside the sandbox: plain JavaScript only. */
import { nearestNames } from "../../base/nearest.ts";
import { fail, problem } from "../author-side-problems.ts";
import type { Problem } from "../../base/problems.ts";
import { madeFrom, makeCodelist } from "./make-codelist.ts";
import type { CategorisedCode } from "./make-codelist.ts";
import type { Codelist } from "../model.ts";
import { codelistRows } from "./codelist-rows.ts";
import type { CodelistRow } from "./codelist-rows.ts";

export interface CodelistSource {
  /** Named in problems. */
  readonly file: string;
  readonly system: string | null;
  /** The column of codes. */
  readonly column: string;
  /** Without it the codelist has no categories. */
  readonly categoryColumn?: string | null;
  /** Hears of what does not keep the codelist from being read. */
  readonly warn?: (warning: Problem) => void;
}

/**
 * The codelist in a CSV text with a header. Codes and categories lose the white space around them; rows
 * without a code are skipped, categories may be blank. Problems: a column that the
 * header lacks or repeats, a row longer or shorter than the header, a quote that does not end, no codes,
 * a code in two categories.
 */
export function parseCodelistCsv(text: string, source: CodelistSource): Codelist {
  const { file, system, column, categoryColumn = null } = source;
  const { rows, brokenLine } = codelistRows(text);
  if (brokenLine !== null) return fail("codelist-quote", { file, line: brokenLine });
  const [header, ...filled] = rows;
  if (header === undefined) return fail("codelist-empty", { file });
  const code = columnIndex(header, column, file);
  const category = categoryColumn === null ? null : columnIndex(header, categoryColumn, file);
  checkLengths(header, filled, { source, last: Math.max(code, category ?? 0) });
  const trimmed = (values: readonly string[], index: number): string =>
    (values[index] ?? "").trim();
  const coded = filled.filter(({ values }) => trimmed(values, code) !== "");
  const codes =
    category === null
      ? coded.map(({ values }) => trimmed(values, code))
      : coded.map(({ values }): CategorisedCode => [
          trimmed(values, code),
          trimmed(values, category),
        ]);
  return madeFrom(makeCodelist(codes, system, file), [{ file, column }]);
}

function columnIndex({ values }: CodelistRow, column: string, file: string): number {
  const columns = values.map((name) => name.trim());
  const index = columns.indexOf(column);
  if (index === -1) {
    const nearest = nearestNames(column, columns);
    return fail("codelist-column", { file, column, columns, nearest });
  }
  if (columns.includes(column, index + 1)) fail("codelist-column-repeated", { file, column });
  return index;
}

/**
 * A row of another length has a comma too many or too few somewhere. Where all that is read stands before
 * the surplus it is only told, since nothing of that has moved. A short row may have been cut in its code.
 */
function checkLengths(
  header: CodelistRow,
  rows: readonly CodelistRow[],
  { source, last }: { readonly source: CodelistSource; readonly last: number },
): void {
  const { file, warn } = source;
  const expected = header.values.length;
  const ragged = rows.filter(({ values }) => values.length !== expected);
  const [first] = ragged;
  if (first === undefined) return;
  const { line, values } = first;
  const facts = { found: values.length, expected, others: ragged.length - 1 };
  if (!ragged.every((row) => standsBeforeSurplus(row, expected, last))) {
    fail("codelist-row-length", { file, line, ...facts }, { file, line });
  }
  warn?.(problem("codelist-row-surplus", { file, line, ...facts }, { file, line }));
}

/** The header's last column may hold the surplus itself, unless that is blank and nothing stands before. */
function standsBeforeSurplus({ values }: CodelistRow, expected: number, last: number): boolean {
  if (values.length < expected) return false;
  if (last < expected - 1) return true;
  return last === 0 && values.slice(expected).every((value) => value.trim() === "");
}
