/** Which columns of a Stata file are wanted, and whether they can be read. */
import { problem, ProblemError } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { WantedColumns } from "../cohort-reader.ts";
import { findColumns } from "../csv/csv-header.ts";
import { meaningOf } from "./cell-meaning.ts";
import type { DtaColumn, DtaHeader } from "./dta-header.ts";

export interface FoundColumns {
  readonly numbers: readonly DtaColumn[];
  readonly texts: readonly DtaColumn[];
}

/** Problems, all of them at once: those of `findColumns`, then stata-column. */
export function columnsWanted(
  file: string,
  header: DtaHeader,
  wanted: WantedColumns,
): FoundColumns {
  const names = header.columns.map(({ name }) => name);
  const fieldOf = findColumns(file, names, wanted);
  const find = (name: string): DtaColumn[] => header.columns.slice(fieldOf(name)).slice(0, 1);
  const numbers = wanted.numbers.flatMap(find);
  const texts = wanted.texts.flatMap(find);
  const labelled = texts.filter((column) => !numbers.includes(column));
  refuseUnreadable(file, [...new Set([...numbers, ...texts])], labelled);
  return { numbers, texts };
}

/** Problem: stata-column. Value labels matter only where a column is read as text. */
export function refuseUnreadable(
  file: string,
  columns: readonly DtaColumn[],
  asTexts: readonly DtaColumn[],
): void {
  const problems = columns.flatMap((column): Problem[] => {
    const { name, displayFormat, valueLabels } = column;
    if (meaningOf(column) === null) {
      const has = `the display format ${displayFormat}, which is not read`;
      const wayOut = `Turn it into days with "format %td" or into a number, and save again.`;
      return [problem("stata-column", { file, column: name, has, wayOut })];
    }
    if (valueLabels === "" || !asTexts.includes(column)) return [];
    const has = "value labels, which are not read";
    const wayOut = `Make it a text with "decode", or drop the labels with "label values", and save again.`;
    return [problem("stata-column", { file, column: name, has, wayOut })];
  });
  if (problems.length > 0) throw new ProblemError(problems);
}
