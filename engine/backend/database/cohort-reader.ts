/** Cohorts of a study whose parts are made, one index date after the other. */
import type { IsoDate } from "../../base/dates.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import type { PatientRange } from "../../sql/render-table.ts";
import type { Prepared } from "../../sql/gather.ts";
import { querySql } from "../../sql/query.ts";
import { cohortStatement, hasPatientBase, patientBaseIds } from "../../sql/statements.ts";
import type { CohortBatch } from "../../table/cohort-schema.ts";
import { cohortSchema } from "../cohort-columns.ts";
import { attritionCounter } from "./count-attrition.ts";
import type { AttritionCounter } from "./count-attrition.ts";
import { beginAnswer, workAhead } from "./work-ahead.ts";
import type { Answer } from "./work-ahead.ts";
import { wordingOf } from "./wording.ts";
import { areLongIds } from "../../schema/provision.ts";
import { longsOf } from "./column-store.ts";
import type { PatientIds } from "./column-store.ts";
import { keepTables } from "./keep-tables.ts";
import { numberOf, patientBaseMaker } from "./patient-base.ts";
import { batchesInPlace, placeRows } from "./place-rows.ts";
import { readBatches } from "./read-batches.ts";
import type { Records } from "./records.ts";
import type { Session } from "./session.ts";
import type { ToRead } from "./to-read.ts";
import { withProblems } from "./with-problems.ts";
import { failForUses } from "./wrong-texts.ts";
import type { Sql } from "../../text/sql.ts";

export interface CohortReader {
  /**
   * Rows of the cohort at an index date, ascending by patient. While they are used, the database is at work
   * for the `next` one already; null for none.
   */
  readonly batches: (indexDate: IsoDate | null, next: IsoDate | null) => AsyncIterable<CohortBatch>;
  /** Of an index date whose rows have been read; null for a plan in which nobody counts them. */
  readonly attrition: AttritionCounter["countsAt"] | null;
  /** Ends what was begun ahead. A connection must not be closed while it works. */
  readonly stop: () => Promise<void>;
}

export function cohortReader(records: Records, study: CheckedStudy, work: ToRead): CohortReader {
  const { plan, speaking, ranges, words, uses } = work;
  const { session } = records;
  const hasLongIds = areLongIds(records.provider);
  const schema = cohortSchema(study, hasLongIds);
  const wording = wordingOf(plan, words);
  const statement = (indexDate: IsoDate | null, range: PatientRange): Prepared => {
    const number = numberOf(indexDate, plan);
    return cohortStatement(plan, speaking, { number, range, wordTypes: words.types });
  };
  const people = patientBaseMaker(records, work);
  const counter = attritionCounter(records, work);
  const ids = ranges.map((range) => idsOnce(session, patientBaseIds(speaking, range), hasLongIds));
  const answer = async (indexDate: IsoDate | null, place: number): Promise<Answer> => {
    await people(numberOf(indexDate, plan));
    const known = (await ids[place]?.()) ?? new Float64Array();
    await counter?.count(indexDate, place);
    const prepared = statement(indexDate, ranges[place] ?? null);
    return { ids: known, ...(await beginAnswer(prepared, records)) };
  };
  const ahead = workAhead(session, answer);
  async function* placed(indexDate: IsoDate | null, next: IsoDate | null) {
    for (const place of ranges.keys()) {
      const { ids: known, chunks, end } = await ahead.take(indexDate, place);
      const rows = await placeRows(chunks, known, { schema, wording }).finally(end);
      if (place + 1 < ranges.length) ahead.begin(indexDate, place + 1);
      else if (next !== null) ahead.begin(next, 0);
      yield* batchesInPlace(rows);
    }
  }
  async function* sorted(indexDate: IsoDate | null) {
    for (const [place, range] of ranges.entries()) {
      await counter?.count(indexDate, place);
      const { before, query } = statement(indexDate, range);
      const discard = await keepTables(before, records);
      try {
        yield* readBatches(session.chunks(querySql(query)), schema, wording);
      } finally {
        await discard();
      }
    }
  }
  const rows = hasPatientBase(plan) ? placed : sorted;
  return {
    batches: (indexDate, next) =>
      withProblems(rows(indexDate, next), (error) =>
        failForUses(records, uses, error, study.output),
      ),
    attrition: counter?.countsAt ?? null,
    stop: ahead.stop,
  };
}

function idsOnce(session: Session, query: Sql, areLong: boolean): () => Promise<PatientIds> {
  let known: Promise<PatientIds> | null = null;
  return () => (known ??= areLong ? readLongIds(session, query) : readIds(session, query));
}

async function readLongIds(session: Session, query: Sql): Promise<BigInt64Array> {
  const parts: BigInt64Array[] = [];
  for await (const chunk of session.chunks(query)) parts.push(longsOf(chunk.values(0)));
  const ids = new BigInt64Array(parts.reduce((rows, part) => rows + part.length, 0));
  let at = 0;
  for (const part of parts) {
    ids.set(part, at);
    at += part.length;
  }
  return ids;
}

async function readIds(session: Session, query: Sql): Promise<Float64Array> {
  const parts: Float64Array[] = [];
  for await (const chunk of session.chunks(query)) parts.push(chunk.raw(0, Float64Array).slice());
  const ids = new Float64Array(parts.reduce((rows, part) => rows + part.length, 0));
  let at = 0;
  for (const part of parts) {
    ids.set(part, at);
    at += part.length;
  }
  return ids;
}
