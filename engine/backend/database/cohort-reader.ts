/** Cohorts of a study whose parts are made, one index date after the other. */
import type { IsoDate } from "../../base/dates.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import type { ColumnChunk } from "../../duckdb/column-chunk.ts";
import type { DuckDb } from "../../duckdb/duckdb.ts";
import type { CohortPlan } from "../../plan/model/cohort-plan.ts";
import type { PatientRange } from "../../sql/render-table.ts";
import { PATIENT_BASE, indexDateBatchOf } from "../../sql/render-patient-base.ts";
import type { Prepared } from "../../sql/gather.ts";
import {
  cohortStatement,
  hasPatientBase,
  patientBaseIds,
  patientBaseStatement,
} from "../../sql/statements.ts";
import type { Speaking } from "../../sql/statements.ts";
import type { CohortBatch } from "../../table/cohort-schema.ts";
import { cohortSchema } from "../cohort-columns.ts";
import { shownRiskGroups } from "./risk-group.ts";
import type { Wording } from "./column-store.ts";
import { failForDatabase } from "../duckdb/database-problem.ts";
import { keepTables, whileKept } from "./keep-tables.ts";
import type { NumberedWords } from "./number-words.ts";
import { batchesInPlace, placeRows } from "./place-rows.ts";
import { readBatches } from "./read-batches.ts";
import type { Sql } from "../../text/sql.ts";

export interface ToRead {
  readonly plan: CohortPlan;
  readonly speaking: Speaking;
  readonly ranges: readonly PatientRange[];
  readonly words: NumberedWords;
}

export interface CohortReader {
  /**
   * Rows of the cohort at an index date, ascending by patient. While they are used, the database is at work
   * for the `next` one already; null for none.
   */
  readonly batches: (indexDate: IsoDate | null, next: IsoDate | null) => AsyncIterable<CohortBatch>;
  /** Ends what was begun ahead. A connection must not be closed while it works. */
  readonly stop: () => Promise<void>;
}

type Begun = Promise<AsyncIterable<ColumnChunk>>;

export function cohortReader(db: DuckDb, study: CheckedStudy, work: ToRead): CohortReader {
  const { plan, speaking, ranges, words } = work;
  const schema = cohortSchema(study);
  const tidied = new Set(
    plan.columns.filter((each) => each.tidied !== null).map((each) => each.name),
  );
  const wording = (name: string): Wording => ({
    numbered: words.lists.get(name) ?? null,
    tidy: tidied.has(name) ? shownRiskGroups : null,
  });
  const { dialect } = speaking;
  const statement = (indexDate: IsoDate | null, range: PatientRange): Prepared => {
    const number = numberOf(indexDate, plan);
    return cohortStatement(plan, speaking, { number, range, wordTypes: words.types });
  };
  const begun = new Map<string, Begun>();
  const people = patientBaseMaker(db, work);
  const start = async (indexDate: IsoDate | null, place: number): Begun => {
    await people(numberOf(indexDate, plan));
    const { before, query } = statement(indexDate, ranges[place] ?? null);
    return whileKept(before, { db, dialect }, () => db.begin(query));
  };
  const begin = (indexDate: IsoDate | null, place: number): Begun => {
    const key = `${indexDate ?? ""} ${place}`;
    const running = begun.get(key) ?? start(indexDate, place);
    // A failure is reported where the rows are read, which may be later, or never.
    running.catch(() => undefined);
    begun.set(key, running);
    return running;
  };
  const ids = ranges.map((range) => idsOnce(db, patientBaseIds(speaking, range)));
  async function* placed(indexDate: IsoDate | null, next: IsoDate | null) {
    for (const place of ranges.keys()) {
      const chunks = await begin(indexDate, place);
      const known = await ids[place]?.();
      begun.clear();
      const rows = await placeRows(chunks, known ?? new Float64Array(), { schema, wording });
      if (place + 1 < ranges.length) void begin(indexDate, place + 1);
      else if (next !== null) void begin(next, 0);
      yield* batchesInPlace(rows);
    }
  }
  async function* sorted(indexDate: IsoDate | null) {
    for (const range of ranges) {
      const { before, query } = statement(indexDate, range);
      const discard = await keepTables(before, { db, dialect });
      try {
        yield* readBatches(db.chunks(query), schema, wording);
      } finally {
        await discard();
      }
    }
  }
  return {
    batches: (indexDate, next) =>
      told(hasPatientBase(plan) ? placed(indexDate, next) : sorted(indexDate), study.output),
    stop: async () => {
      if (begun.size === 0) return;
      db.interrupt();
      await Promise.allSettled(begun.values());
    },
  };
}

function numberOf(indexDate: IsoDate | null, { indexDates }: CohortPlan): number {
  return indexDate === null ? 0 : indexDates.indexOf(indexDate);
}

/** What stays the same over the batch of an index date is joined to everybody once. */
function patientBaseMaker(
  db: DuckDb,
  { plan, speaking, ranges, words }: ToRead,
): (number: number) => Promise<void> {
  const { dialect } = speaking;
  const { keep, append, discard } = dialect;
  let made: number | null = null;
  return async (number) => {
    const { from } = indexDateBatchOf(number, plan);
    if (made === from) return;
    await db.run(discard(PATIENT_BASE));
    for (const [i, range] of ranges.entries()) {
      const at = { number, range, wordTypes: words.types };
      const { before, query } = patientBaseStatement(plan, speaking, at);
      const statement = i === 0 ? keep(PATIENT_BASE, query) : append(PATIENT_BASE, query);
      await whileKept(before, { db, dialect }, () => db.run(statement));
    }
    made = from;
  };
}

async function* told(
  batches: AsyncIterable<CohortBatch>,
  columns: readonly string[],
): AsyncGenerator<CohortBatch> {
  try {
    yield* batches;
  } catch (error) {
    failForDatabase(error, columns);
  }
}

function idsOnce(db: DuckDb, query: Sql): () => Promise<Float64Array> {
  let known: Promise<Float64Array> | null = null;
  return () => (known ??= readIds(db, query));
}

async function readIds(db: DuckDb, query: Sql): Promise<Float64Array> {
  const parts: Float64Array[] = [];
  for await (const chunk of db.chunks(query)) parts.push(chunk.raw(0, Float64Array).slice());
  const ids = new Float64Array(parts.reduce((rows, part) => rows + part.length, 0));
  let at = 0;
  for (const part of parts) {
    ids.set(part, at);
    at += part.length;
  }
  return ids;
}
