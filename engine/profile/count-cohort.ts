/** What stands in each column of a cohort file: how often each value does, from one read for all columns. */
import type { CohortColumn, CohortSchema } from "../table/cohort-schema.ts";
import type { CohortBlock } from "../table/cohort-reader.ts";
import { readCohort } from "../table/read-table.ts";

export interface ColumnCounts {
  readonly name: string;
  readonly type: CohortColumn["type"];
  /** Rows with a value: a text or date that is not empty, a flag or number that is not 0. */
  readonly filled: number;
  /** How many rows have each text, date or flag; of numbers, each number to three digits. Without empty ones. */
  readonly values: ReadonlyMap<string, number> | null;
  readonly numbers: ReadonlyMap<number, number> | null;
}

export interface CohortCounts {
  readonly rows: number;
  /** In the order of the schema, without `patient_id`. */
  readonly columns: readonly ColumnCounts[];
}

/**
 * Memory is bounded by the distinct texts and dates of the file. Problems: those of `readCohort`; a column of
 * the schema that the file lacks is missing-file-column.
 */
export async function countCohort(path: string, schema: CohortSchema): Promise<CohortCounts> {
  const columns = schema.filter(({ name }) => name !== "patient_id");
  const isNumber = ({ type }: CohortColumn): boolean => type === "int" || type === "float";
  const numeric = columns.filter(isNumber);
  const textual = columns.filter((column) => !isNumber(column));
  const { blocks, dictionaries } = await readCohort(path, {
    numbers: numeric.map(({ name }) => name),
    texts: textual.map(({ name }) => name),
  });
  const numbers = numeric.map(() => new Map<number, number>());
  const codes: number[][] = textual.map(() => []);
  let rows = 0;
  for await (const block of blocks) {
    rows += block.rows;
    addNumbers(block, numbers);
    addCodes(block, codes);
  }
  return {
    rows,
    columns: columns.map((column) =>
      isNumber(column)
        ? numberCounts(column, numbers[numeric.indexOf(column)] ?? new Map<number, number>())
        : textCounts(
            column,
            codes[textual.indexOf(column)] ?? [],
            dictionaries[textual.indexOf(column)] ?? [],
          ),
    ),
  };
}

function addNumbers({ rows, numbers }: CohortBlock, counts: readonly Map<number, number>[]): void {
  counts.forEach((of, at) => {
    const values = numbers[at] ?? [];
    for (let row = 0; row < rows; row++) {
      const value = threeDigits(values[row] ?? 0);
      if (value !== 0) of.set(value, (of.get(value) ?? 0) + 1);
    }
  });
}

/** Enough for a histogram, and so few that they can be counted one by one. */
function threeDigits(value: number): number {
  if (Number.isInteger(value) && Math.abs(value) < 1000) return value;
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 2);
  return value === 0 ? 0 : Math.round(value / step) * step;
}

function addCodes({ rows, codes }: CohortBlock, counts: readonly number[][]): void {
  counts.forEach((of, at) => {
    const values = codes[at] ?? [];
    for (let row = 0; row < rows; row++) {
      const code = values[row] ?? 0;
      of[code] = (of[code] ?? 0) + 1;
    }
  });
}

function numberCounts(
  { name, type }: CohortColumn,
  numbers: ReadonlyMap<number, number>,
): ColumnCounts {
  return { name, type, filled: sumOf(numbers.values()), values: null, numbers };
}

/** Flags are 0 and 1 in every format. */
function textCounts(
  { name, type }: CohortColumn,
  counts: readonly (number | undefined)[],
  texts: readonly string[],
): ColumnCounts {
  const values = new Map<string, number>();
  texts.forEach((text, code) => {
    const isEmpty = text === "" || (type === "bool" && text === "0");
    if (!isEmpty) values.set(text, counts[code] ?? 0);
  });
  return { name, type, filled: sumOf(values.values()), values, numbers: null };
}

function sumOf(counts: Iterable<number>): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}
