/** The patient base of the batch that an index date is in, made when it is first asked for. */
import type { IsoDate } from "../../base/dates.ts";
import type { CohortPlan } from "../../plan/model/cohort-plan.ts";
import { PATIENT_BASE, indexDateBatchOf } from "../../sql/render-patient-base.ts";
import { patientBaseStatement } from "../../sql/statements.ts";
import { whileKept } from "./keep-tables.ts";
import type { Records } from "./records.ts";
import type { ToRead } from "./to-read.ts";

export function numberOf(indexDate: IsoDate | null, { indexDates }: CohortPlan): number {
  return indexDate === null ? 0 : indexDates.indexOf(indexDate);
}

/** What stays the same over the batch of an index date is joined to everybody once. */
export function patientBaseMaker(
  records: Records,
  { plan, speaking, ranges, words }: ToRead,
): (number: number) => Promise<void> {
  const { session, dialect } = records;
  const { keep, append, discard } = dialect;
  let made: number | null = null;
  return async (number) => {
    const { from } = indexDateBatchOf(number, plan);
    if (made === from) return;
    await session.run(discard(PATIENT_BASE));
    for (const [i, range] of ranges.entries()) {
      const at = { number, range, wordTypes: words.types };
      const { before, query } = patientBaseStatement(plan, speaking, at);
      const statement = i === 0 ? keep(PATIENT_BASE, query) : append(PATIENT_BASE, query);
      await whileKept(before, records, () => session.run(statement));
    }
    made = from;
  };
}
