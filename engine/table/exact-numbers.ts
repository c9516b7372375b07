/** The check that a file would hold every whole number exactly, made in one place for all formats. */
import { fail } from "./problems.ts";
import { mayBeMissing } from "./cohort-schema.ts";
import type { CohortBatch, CohortSchema } from "./cohort-schema.ts";
import { FIRST_ROW } from "./columns/typed-table.ts";

type Batches = AsyncIterable<CohortBatch> | Iterable<CohortBatch>;

/** The same batches. Problem: number-too-large; anything but a whole number is a bug. */
export async function* withExactNumbers(
  file: string,
  schema: CohortSchema,
  batches: Batches,
): AsyncGenerator<CohortBatch> {
  let first = FIRST_ROW;
  for await (const batch of batches) {
    batch.columns.forEach((values, at) => {
      if (values.type !== "int") return;
      const row = firstInexact(values.values, batch.rows, mayBeMissing(schema[at]));
      if (row === batch.rows) return;
      mustBeWhole(values.values[row] ?? NaN);
      fail("number-too-large", { file, row: first + row, column: schema[at]?.name ?? null });
    });
    yield batch;
    first += batch.rows;
  }
}

/** The number of rows if there is none. */
function firstInexact(values: Float64Array, rows: number, missing: boolean): number {
  for (let row = 0; row < rows; row++) {
    const value = values[row];
    if (!Number.isSafeInteger(value) && !(missing && Number.isNaN(value))) return row;
  }
  return rows;
}

function mustBeWhole(value: number): void {
  if (!Number.isInteger(value)) throw new Error("a column of whole numbers holds something else");
}
