/**
 * A synthetic database of patient records with the tables of TPP, made by SQL
 * inside DuckDB.
 *
 * How it is made: patients come in blocks. For each block `people.ts` draws who they are (born, died,
 * seen from when to when, how much care they need) and where they stayed; each file of `tables/` makes
 * its tables from those two and from nothing else. So an event lies between birth and death because it
 * is placed there, not because it is checked. Codes come from `vocabulary/`, mixed with those that a
 * study looks for (`study-codes.ts`, `code-slots.ts`).
 *
 * Chance is a hash of seed, table, word and row key (`draws.ts`). The same request gives the same
 * rows, with any number of threads and any memory. More patients add rows and change none of a
 * patient's own, as long as practices are as many (up to 96,000 patients they are).
 *
 * Rows lie in the order of patients, so that a range of patients is read without the others.
 *
 * To add a column or a table: `schema/tpp/tpp-tables.ts` names it, its maker in `tables/` fills it.
 */
import type { DuckDb } from "../duckdb/duckdb.ts";
import { createTable, tableNames } from "./insert.ts";
import { openLanes } from "./lanes.ts";
import type { Lanes } from "./lanes.ts";
import { makeDatabase, runAll } from "./make-database.ts";
import type { DatabaseToMake, RecordsWritten } from "./make-database.ts";
import { peopleBlock } from "./people.ts";
import { sql } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import type { StudyCodes } from "./study-codes.ts";
import { LARGEST_SHARE, copiesOfPeople, shareSizes, sharesOf } from "./shares.ts";
import { tableMakers } from "./table-makers.ts";
import { world } from "./world.ts";
import type { World } from "./world.ts";

export interface RecordsRequest extends DatabaseToMake {
  readonly patients: number;
  readonly seed: string;
  /** SNOMED events of a patient, on average; other tables grow with it. */
  readonly eventsPerPatient: number;
  readonly codes: StudyCodes;
  /** Called when the work of so many more patients is done, also between the tables of a block. */
  readonly onPatients: (patients: number) => void;
}

/** Patients of a block: some for each thread, and what is held of a block stays small. */
function blockOf(threads: number): number {
  return LARGEST_SHARE * Math.min(8, Math.max(1, threads));
}

/**
 * Left to itself, DuckDB may hash the events and go through the codes: rows then come in the order
 * of codes, and a block of events must fit in memory. See test/records "in the order of patients".
 */
const KEEP_ORDER = "join_order,build_side_probe_side";

/** Writes the database and closes it. Errors are DuckDB's own: a full disk, no memory. */
export function writeRecords(request: RecordsRequest): Promise<RecordsWritten> {
  const settings = { disabled_optimizers: KEEP_ORDER };
  return makeDatabase(request, { tables: tableNames, settings, reach: [] }, async (db) => {
    const lanes = await openLanes(db, request.threads);
    const stop = (): void => {
      lanes.interrupt();
    };
    request.signal.addEventListener("abort", stop);
    try {
      await fill(db, lanes, request);
    } finally {
      request.signal.removeEventListener("abort", stop);
      lanes.close();
    }
  });
}

async function fill(db: DuckDb, lanes: Lanes, request: RecordsRequest): Promise<void> {
  const { signal, threads } = request;
  const made = world(request);
  for (const share of shareSizes)
    await db.run(sql`ATTACH ':memory:' AS ${sharesOf(share)} (ROW_GROUP_SIZE ${share})`);
  const run = (statement: Sql): Promise<void> => db.run(statement);
  await runAll(run, together(tableNames.map(createTable)), signal);
  const starts = tableMakers.flatMap((maker) => maker.start?.(made) ?? []);
  await runAll(run, starts, signal);
  const block = blockOf(threads);
  for (let first = 1; first <= made.patients; first += block) {
    const count = Math.min(block, made.patients - first + 1);
    await runAll(run, [...peopleBlock(made, first, count), ...copiesOfPeople()], signal);
    if (signal.aborted) return;
    await fillBlock(lanes, made, inShares(count, request.onPatients));
    await runAll(run, [sql`CHECKPOINT`], signal);
  }
}

async function fillBlock(
  lanes: Lanes,
  made: World,
  onShare: (share: number) => void,
): Promise<void> {
  const sequences = tableMakers.map((maker) => maker.block?.(made) ?? []);
  const all = sequences.flat().length;
  let done = 0;
  await lanes.run(sequences, () => {
    done += 1;
    onShare(done / all);
  });
}

/** One transaction, and so one flush of the disk, where each statement would have its own. */
function together(statements: readonly Sql[]): readonly Sql[] {
  return [sql`BEGIN`, ...statements, sql`COMMIT`];
}

/** Whole patients of a block as its share grows, so that all shares together are `count`. */
function inShares(count: number, onPatients: (patients: number) => void) {
  let told = 0;
  return (share: number): void => {
    const done = Math.floor(count * share);
    if (done > told) onPatients(done - told);
    told = done;
  };
}
