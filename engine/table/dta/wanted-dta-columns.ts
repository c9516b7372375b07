/** Which columns of a Stata file are wanted, and whether they can be read. */
import { ProblemError } from "../../base/problems.ts";
import { problem } from "../problems.ts";
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
  refuseUnreadable(file, [...new Set([...numbers, ...texts])]);
  return { numbers, texts };
}

/** Problem: stata-column. */
export function refuseUnreadable(file: string, columns: readonly DtaColumn[]): void {
  const problems = columns
    .filter((column) => meaningOf(column) === null)
    .map(({ name: column, displayFormat }) =>
      problem("stata-column", { file, column, displayFormat }),
    );
  if (problems.length > 0) throw new ProblemError(problems);
}
