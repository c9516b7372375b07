/** The rows of a cohort by ascending patient, each patient once. */
import type { CohortBatch, CohortSchema } from "../cohort-schema.ts";
import { fail } from "../problems.ts";
import type { WholeCohort } from "../whole-cohort.ts";
import { valueGatherer } from "./gather-values.ts";

/** Rows do not ascend: the file has to be sorted first. */
export class NotInOrder extends Error {
  readonly file: string;

  constructor(file: string) {
    super(`${file} is not in the order of patients`);
    this.file = file;
  }
}

export interface CohortSource {
  readonly file: string;
  readonly cohort: WholeCohort;
  /** Whether it is known not to be in order: then all of it is in memory at once. */
  readonly sort: boolean;
}

/** Problem: join-patient-twice. Throws NotInOrder where rows do not ascend and nobody said so. */
export async function* orderedBatches({
  file,
  cohort,
  sort,
}: CohortSource): AsyncGenerator<CohortBatch, void> {
  const batches = sort ? sortedBatches(cohort) : cohort.batches();
  let last = -Infinity;
  for await (const batch of batches) {
    const ids = idsOf(batch);
    for (let row = 0; row < batch.rows; row++) {
      const id = ids[row] ?? NaN;
      if (id === last) fail("join-patient-twice", { file });
      if (!(id > last)) throw new NotInOrder(file);
      last = id;
    }
    yield batch;
  }
}

/** What a cohort begins with. */
export function idsOf({ columns }: CohortBatch): Float64Array {
  const [ids] = columns;
  if (ids?.type !== "int") throw new Error("a cohort begins with patient_id");
  return ids.values;
}

/** All rows as one batch. */
async function* sortedBatches({ schema, batches }: WholeCohort): AsyncGenerator<CohortBatch, void> {
  const all: CohortBatch[] = [];
  for await (const batch of batches()) all.push(copied(batch));
  const together = inOneBatch(schema, all);
  const { rows } = together;
  const ids = idsOf(together);
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  order.sort((a, b) => (ids[a] ?? 0) - (ids[b] ?? 0));
  const sorted = schema.map((column) => valueGatherer(column, rows));
  sorted.forEach(({ take }, at) => {
    const values = together.columns[at];
    if (values !== undefined) take(values, { from: 0, to: rows, rows: order });
  });
  yield { rows, columns: sorted.map(({ gathered }) => gathered) };
}

function inOneBatch(schema: CohortSchema, batches: readonly CohortBatch[]): CohortBatch {
  const total = batches.reduce((sum, { rows }) => sum + rows, 0);
  const gatherers = schema.map((column) => valueGatherer(column, total));
  const places = new Int32Array(total);
  let from = 0;
  for (const { rows, columns } of batches) {
    const to = from + rows;
    for (let row = 0; row < rows; row++) places[from + row] = row;
    columns.forEach((values, at) => gatherers[at]?.take(values, { from, to, rows: places }));
    from = to;
  }
  return { rows: total, columns: gatherers.map(({ gathered }) => gathered) };
}

/** The arrays of a batch are used again for the next one. */
function copied({ rows, columns }: CohortBatch): CohortBatch {
  return {
    rows,
    columns: columns.map((values) =>
      values.type === "str"
        ? { ...values, codes: values.codes.slice(0, rows) }
        : ({ ...values, values: values.values.slice(0, rows) } as typeof values),
    ),
  };
}
