/** Makes cohorts of a study whose parts are made, and keeps them at the server. */
import type { IsoDate } from "../../base/dates.ts";
import { cohortStatement, hasPatientBase } from "../../sql/statements.ts";
import { attritionCounter } from "./count-attrition.ts";
import type { AttritionCounter } from "./count-attrition.ts";
import { whileKept } from "./keep-tables.ts";
import { numberOf, patientBaseMaker } from "./patient-base.ts";
import type { Records } from "./records.ts";
import { resultName } from "./results.ts";
import type { Results } from "./results.ts";
import type { ToRead } from "./to-read.ts";
import { failForUses } from "./wrong-texts.ts";

export interface ResultKeeper {
  readonly keep: (indexDate: IsoDate | null) => Promise<void>;
  /** Of an index date that is kept; null for a plan in which nobody counts them. */
  readonly attrition: AttritionCounter["countsAt"] | null;
}

/** Texts are kept as texts: their numbers would end with the connection. */
export function resultKeeper(records: Records, work: ToRead, results: Results): ResultKeeper {
  const { plan, speaking, ranges, uses } = work;
  const { session } = records;
  const people = patientBaseMaker(records, work);
  const counter = attritionCounter(records, work);
  const keepRange = async (indexDate: IsoDate | null, place: number): Promise<void> => {
    await counter?.count(indexDate, place);
    const [number, range] = [numberOf(indexDate, plan), ranges[place] ?? null];
    const at = { number, range, wordTypes: work.words.types, isKept: true } as const;
    const { before, query } = cohortStatement(plan, speaking, at);
    const say = place === 0 ? results.keep : results.append;
    await whileKept(before, records, () => session.run(say(resultName(indexDate), query)));
  };
  const keep = async (indexDate: IsoDate | null): Promise<void> => {
    if (hasPatientBase(plan)) await people(numberOf(indexDate, plan));
    for (const place of ranges.keys()) await keepRange(indexDate, place);
    await results.finish(resultName(indexDate));
  };
  return {
    keep: (indexDate) =>
      keep(indexDate).catch((error: unknown) => failForUses(records, uses, error, plan.output)),
    attrition: counter?.countsAt ?? null,
  };
}
