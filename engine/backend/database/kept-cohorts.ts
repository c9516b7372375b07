/** Cohorts by way of results that outlive the connection: all are made first, then read one after the other. */
import type { IsoDate } from "../../base/dates.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import { areLongIds } from "../../schema/provision.ts";
import { resultRows } from "../../sql/result-rows.ts";
import { cohortSchema } from "../cohort-columns.ts";
import type { AttritionCounts, Cohort } from "../backend.ts";
import { eachDate } from "./each-date.ts";
import type { Answering } from "./each-date.ts";
import { planFor } from "./evaluation.ts";
import { NO_WORDS } from "./number-words.ts";
import { readBatches } from "./read-batches.ts";
import { resultName } from "./results.ts";
import type { Results } from "./results.ts";
import { withProblems } from "./with-problems.ts";
import { wordingOf } from "./wording.ts";

export interface KeepingResults extends Answering {
  readonly results: Results;
}

/** What is finished is not asked again. Problems: those of `evaluate`. */
export async function* keptCohorts(
  study: CheckedStudy,
  indexDates: readonly (IsoDate | null)[],
  keeping: KeepingResults,
): AsyncGenerator<Cohort> {
  const counted = await madeResults(study, indexDates, keeping);
  const read = await reader(study, indexDates, keeping);
  for (const indexDate of indexDates) {
    const date = indexDate ?? study.indexDate;
    const counts = counted.get(date);
    const attrition = counts === undefined ? {} : { attrition: () => counts };
    yield { indexDate, ...read(date), ...attrition };
  }
}

/** Of those made now, who is in them and why, where that is counted. */
async function madeResults(
  study: CheckedStudy,
  indexDates: readonly (IsoDate | null)[],
  { results, ...answering }: KeepingResults,
): Promise<ReadonlyMap<IsoDate | null, AttritionCounts>> {
  const isThere = (indexDate: IsoDate | null): boolean =>
    results.finished.has(resultName(indexDate ?? study.indexDate));
  const counted = new Map<IsoDate | null, AttritionCounts>();
  const missing = indexDates.filter((indexDate) => !isThere(indexDate));
  if (missing.length === 0) return counted;
  for await (const { evaluation, date } of eachDate(study, missing, answering)) {
    const { keep, attrition } = evaluation.keeper(results);
    await keep(date);
    if (attrition !== null) counted.set(date, attrition(date));
  }
  return counted;
}

type Read = (date: IsoDate | null) => Pick<Cohort, "schema" | "batches">;

async function reader(
  study: CheckedStudy,
  indexDates: readonly (IsoDate | null)[],
  { records, options, results }: KeepingResults,
): Promise<Read> {
  const schema = cohortSchema(study, areLongIds(records.provider));
  const dates = indexDates.map((indexDate) => indexDate ?? study.indexDate);
  const known = dates.filter((date) => date !== null);
  const wording = wordingOf(await planFor(records, study, known, options), NO_WORDS);
  return (date) => {
    const rows = resultRows(results.table(resultName(date)), study.output.length);
    const batches = readBatches(records.session.chunks(rows), schema, wording);
    return { schema, batches: withProblems(batches, (error) => records.fail(error, study.output)) };
  };
}
