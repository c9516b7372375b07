/** Two cohorts in the order of patients put together in one pass over each: memory holds a batch of either. */
import type { CohortBatch, CohortSchema } from "../cohort-schema.ts";
import { NO_ROW, valueGatherer } from "./gather-values.ts";
import type { ValueGatherer } from "./gather-values.ts";
import { idsOf } from "./ordered-batches.ts";

/**
 * Every row of the left with the values of the same patient on the right, or missing ones; patients of the right alone
 * are left out. Both ascend by patient. `right` is the schema of the right columns.
 */
export async function* mergeJoin(
  left: AsyncIterable<CohortBatch>,
  right: AsyncIterable<CohortBatch>,
  schema: CohortSchema,
): AsyncGenerator<CohortBatch, void> {
  const partners = right[Symbol.asyncIterator]();
  try {
    let partner = await nextPartner(partners);
    for await (const batch of left) {
      const joining = startBatch(batch, schema);
      while (partner !== null && joining.at < batch.rows) {
        joinPart(joining, partner);
        if (partner.at === partner.batch.rows) partner = await nextPartner(partners);
      }
      const columns = [...batch.columns, ...joining.gatherers.map(({ gathered }) => gathered)];
      yield { rows: batch.rows, columns };
    }
    // What is wrong with the rest of the file is told, whoever it is about.
    while (partner !== null) partner = await nextPartner(partners);
  } finally {
    await partners.return?.();
  }
}

interface Partner {
  readonly batch: CohortBatch;
  readonly ids: Float64Array;
  /** The first row that may still have a partner on the left. */
  at: number;
}

async function nextPartner(batches: AsyncIterator<CohortBatch>): Promise<Partner | null> {
  const next = await batches.next();
  if (next.done === true) return null;
  return { batch: next.value, ids: idsOf(next.value), at: 0 };
}

interface Joining {
  readonly ids: Float64Array;
  readonly rows: number;
  readonly gatherers: readonly ValueGatherer[];
  /** For each row of the left its row in the batch of the right at hand. */
  readonly taken: Int32Array;
  /** The first row of the left that is still to be joined. */
  at: number;
}

function startBatch(batch: CohortBatch, schema: CohortSchema): Joining {
  const { rows } = batch;
  const gatherers = schema.slice(1).map((column) => valueGatherer(column, rows));
  const taken = new Int32Array(rows).fill(NO_ROW);
  return { ids: idsOf(batch), rows, gatherers, taken, at: 0 };
}

/** Goes on until the batch of the left or that of the right is at its end. */
function joinPart(joining: Joining, partner: Partner): void {
  const { ids, rows, taken } = joining;
  const { rows: most } = partner.batch;
  const from = joining.at;
  let [row, other] = [from, partner.at];
  while (row < rows && other < most) {
    const [id, otherId] = [ids[row] ?? NaN, partner.ids[other] ?? NaN];
    if (id === otherId) taken[row++] = other++;
    else if (id < otherId) row++;
    else other++;
  }
  [joining.at, partner.at] = [row, other];
  joining.gatherers.forEach(({ take }, at) => {
    const values = partner.batch.columns[at + 1];
    if (values !== undefined) take(values, { from, to: row, rows: taken });
  });
}
