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
 * Rows lie in the order of patients, so that a range of patients is read without the others; with
 * several threads DuckDB puts a small remainder of each block behind the block.
 *
 * To add a column or a table: `schema/tpp/tpp-tables.ts` names it, its maker in `tables/` fills it.
 */
import { openDuckDb } from "../duckdb/duckdb.ts";
import type { DuckDb } from "../duckdb/duckdb.ts";
import { createTable, tableNames } from "./insert.ts";
import { HOUSEHOLDS_END, peopleBlock } from "./people.ts";
import { identifier, joinSql, sql } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import type { StudyCodes } from "./study-codes.ts";
import { tableMakers } from "./table-makers.ts";
import { world } from "./world.ts";

export interface RecordsRequest {
  /** The database file; must not exist. */
  readonly path: string;
  readonly patients: number;
  readonly seed: string;
  /** SNOMED events of a patient, on average; other tables grow with it. */
  readonly eventsPerPatient: number;
  readonly codes: StudyCodes;
  readonly threads: number;
  /** As DuckDB writes it: "2GiB". */
  readonly memoryLimit: string;
  readonly temporaryFolder: string;
  readonly signal: AbortSignal;
  /** Called when the work of so many more patients is done, also between the tables of a block. */
  readonly onPatients: (patients: number) => void;
}

export interface RecordsWritten {
  /** Rows of each table, in the order of the schema. */
  readonly rows: ReadonlyMap<string, number>;
  /** False if the signal came first; the file is then of no use. */
  readonly complete: boolean;
}

/** Patients whose rows one thread makes at a time: enough for some whole row groups of most tables. */
const SHARE = 8192;

/** Patients of a block: so many shares for each thread that all have work nearly to the end of a statement. */
function blockOf(threads: number): number {
  return HOUSEHOLDS_END * Math.min(8, Math.max(1, Math.ceil(threads / 2)));
}

/**
 * Left to itself, DuckDB may hash the events and go through the codes: rows then come in the order
 * of codes, and a block of events must fit in memory. See test/records "in the order of patients".
 */
const KEEP_ORDER = "join_order,build_side_probe_side";

/** Writes the database and closes it. Errors are DuckDB's own: a full disk, no memory. */
export async function writeRecords(request: RecordsRequest): Promise<RecordsWritten> {
  const { path, threads, memoryLimit, temporaryFolder, signal } = request;
  const db = await openDuckDb({
    path,
    // The caller counts as one, and sleeps.
    threads: threads + 1,
    memoryLimit,
    temporaryFolder,
    settings: { disabled_optimizers: KEEP_ORDER },
    reach: [],
  });
  const stop = (): void => {
    db.interrupt();
  };
  signal.addEventListener("abort", stop);
  try {
    await fill(db, request);
    return { rows: await countRows(db), complete: !signal.aborted };
  } catch (error) {
    // An interrupted statement fails, as it should.
    if (signal.aborted) return { rows: new Map(), complete: false };
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
    db.close();
  }
}

async function fill(db: DuckDb, request: RecordsRequest): Promise<void> {
  const made = world(request);
  // A thread takes a row group of patients after another.
  await db.run(sql`ATTACH ':memory:' AS work (ROW_GROUP_SIZE ${SHARE})`);
  await runAll(db, together(tableNames.map(createTable)), request.signal);
  await runAll(
    db,
    tableMakers.flatMap((maker) => maker.start?.(made) ?? []),
    request.signal,
  );
  const block = blockOf(request.threads);
  for (let first = 1; first <= made.patients; first += block) {
    const count = Math.min(block, made.patients - first + 1);
    await runAll(db, peopleBlock(made, first, count), request.signal);
    const statements = tableMakers.flatMap((maker) => maker.block?.(made) ?? []);
    const onShare = inShares(count, request.onPatients);
    await runAll(db, together(statements), request.signal, onShare);
  }
  await runAll(db, [sql`DETACH work`, sql`CHECKPOINT`], request.signal);
}

/** One transaction, and so one flush of the disk, where each statement would have its own. */
function together(statements: readonly Sql[]): readonly Sql[] {
  return [sql`BEGIN`, ...statements, sql`COMMIT`];
}

async function runAll(
  db: DuckDb,
  statements: readonly Sql[],
  signal: AbortSignal,
  onShare: (share: number) => void = () => undefined,
): Promise<void> {
  for (const [done, statement] of statements.entries()) {
    if (signal.aborted) return;
    await db.work(statement);
    onShare((done + 1) / statements.length);
  }
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

async function countRows(db: DuckDb): Promise<ReadonlyMap<string, number>> {
  const counts = tableNames.map(
    (name) => sql`SELECT ${name} AS name, count(*) AS rows FROM ${identifier(name)}`,
  );
  const rows = await db.rows(joinSql(counts, " UNION ALL "));
  return new Map(rows.map(({ name, rows: count }) => [String(name), Number(count)]));
}
