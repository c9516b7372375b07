/**
 * Finished cohorts in a database of the server that a person names: `cohortline_KEY_DATE`, told as there as a whole in the
 * register `cohortline_KEY`. A table that all connections see and that ends with this one, `##cohortline_KEY`, tells
 * that a run is at work with them.
 */
import { createHash } from "node:crypto";
import { nearestNames } from "../../base/nearest.ts";
import { appendTo, keepAs } from "../../sql/dialects/mssql.ts";
import { quoteName, text } from "../../sql/dialects/mssql-text.ts";
import { sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { Results } from "../database/results.ts";
import type { Session } from "../database/session.ts";
import { MssqlError } from "./mssql-error.ts";
import { fail, problem } from "./problems.ts";

export interface Keeping {
  readonly session: Pick<Session, "run" | "rows">;
  /** A person's name for it. */
  readonly database: string;
  /** Of cohorts that are the same: all that they depend on but rows of records that nobody has told the version of. */
  readonly fingerprint: string;
}

/** A table of ours: a register, or the results of an index date. */
export interface KeptTable {
  readonly name: string;
  readonly created: string;
  readonly hours: number;
}

const OURS = /^cohortline_([0-9a-f]{24})(?:_(\w+))?$/;

/** A failed run is begun again within days; later the records are others. */
export const STALE_AFTER_HOURS = 72;

/** Problems: mssql-temp-database, mssql-results-in-use. */
export async function openResults(keeping: Keeping): Promise<Results> {
  const { session, database } = keeping;
  const key = createHash("sha256").update(keeping.fingerprint).digest("hex").slice(0, 24);
  const register = within(database, registerOf(key));
  await checkAccess(keeping);
  await claim(session, key);
  const tables = await tablesThere(keeping);
  const stale = staleTables(tables);
  await dropUnclaimed(keeping, stale, key);
  const left = tables.filter(({ name }) => OURS.exec(name)?.[1] === key && !stale.includes(name));
  const found = left.find(({ name }) => name === registerOf(key));
  const finished = found === undefined ? [] : await registered(session, register);
  const known = [registerOf(key), ...finished.map((name) => tableOf(key, name))];
  for (const { name } of left) if (!known.includes(name)) await drop(session, database, name);
  if (found === undefined) await begin(keeping, register);
  return {
    begun: found?.created ?? (await createdAt(keeping, registerOf(key))),
    finished: new Set(finished),
    warnings:
      found === undefined || finished.length === 0 ? [] : [usesFound(keeping, found, finished)],
    table: (name) => within(database, tableOf(key, name)),
    keep: (name, query) => keepAs(within(database, tableOf(key, name)), query),
    append: (name, query) => appendTo(within(database, tableOf(key, name)), query),
    finish: (name) => session.run(sql`INSERT INTO ${register} SELECT ${text(name)} AS result`),
    forget: () => forget(keeping, key),
  };
}

/** Drops what no run has gone on with for days; gives the names. */
export async function sweepResults(
  keeping: Omit<Keeping, "fingerprint">,
): Promise<readonly string[]> {
  await checkAccess(keeping);
  return dropUnclaimed(keeping, staleTables(await tablesThere(keeping)), null);
}

/** Those of sets whose register is old, or gone: a run makes its register first, and drops it first. */
export function staleTables(tables: readonly KeptTable[]): readonly string[] {
  const fresh = new Set(
    tables.flatMap(({ name, hours }) => {
      const [, key, result] = OURS.exec(name) ?? [];
      return key !== undefined && result === undefined && hours < STALE_AFTER_HOURS ? [key] : [];
    }),
  );
  return tables.flatMap(({ name }) => {
    const [, key] = OURS.exec(name) ?? [];
    return key === undefined || fresh.has(key) ? [] : [name];
  });
}

function registerOf(key: string): string {
  return `cohortline_${key}`;
}

function tableOf(key: string, name: string): string {
  return `cohortline_${key}_${name}`;
}

/** All connections see it, and it ends with this one. */
function claimOf(key: string): Sql {
  return sql`##${word(registerOf(key))}`;
}

/** In the user's own schema there. */
function within(database: string, name: string): Sql {
  return sql`${quoteName(database)}..${quoteName(name)}`;
}

/** Problem: mssql-temp-database. */
export async function checkAccess({
  session,
  database,
}: Omit<Keeping, "fingerprint">): Promise<void> {
  const [row] = await session.rows(sql`SELECT HAS_DBACCESS(${text(database)}) AS is_open`);
  const isOpen = row?.["is_open"] ?? null;
  if (isOpen !== null && Number(isOpen) === 1) return;
  const found = await session.rows(sql`SELECT d.name AS name FROM sys.databases d`);
  const nearest = nearestNames(
    database,
    found.map(({ name }) => String(name)),
  );
  fail("mssql-temp-database", {
    database,
    trouble: isOpen === null ? "absent" : "closed",
    nearest: isOpen === null ? nearest : [],
  });
}

const ALREADY_THERE = 2714;

async function claim(session: Keeping["session"], key: string): Promise<void> {
  const made = session.run(sql`CREATE TABLE ${claimOf(key)} (at_work bigint)`);
  await made.catch((error: unknown) => {
    if (error instanceof MssqlError && error.number === ALREADY_THERE)
      fail("mssql-results-in-use", {});
    throw error;
  });
}

async function tablesThere({
  session,
  database,
}: Omit<Keeping, "fingerprint">): Promise<readonly KeptTable[]> {
  const rows = await session.rows(
    sql`SELECT t.name AS name, CONVERT(varchar(23), t.create_date, 126) AS created, DATEDIFF(hour, t.create_date, GETDATE()) AS hours FROM ${quoteName(database)}.sys.tables t WHERE t.name LIKE 'cohortline[_]%'`,
  );
  return rows.map(({ name, created, hours }) => ({
    name: String(name),
    created: String(created),
    hours: Number(hours),
  }));
}

/** Those that no run is at work with, but for the one of `mine`; leaves what may not be dropped. */
async function dropUnclaimed(
  { session, database }: Omit<Keeping, "fingerprint">,
  names: readonly string[],
  mine: string | null,
): Promise<readonly string[]> {
  const dropped: string[] = [];
  for (const name of names) {
    const [, key = ""] = OURS.exec(name) ?? [];
    if (key !== mine && (await isClaimed(session, key))) continue;
    const isGone = await drop(session, database, name).then(
      () => true,
      () => false,
    );
    if (isGone) dropped.push(name);
  }
  return dropped;
}

async function isClaimed({ rows }: Keeping["session"], key: string): Promise<boolean> {
  const [row] = await rows(sql`SELECT OBJECT_ID(${text(`tempdb..${String(claimOf(key))}`)}) AS id`);
  return (row?.["id"] ?? null) !== null;
}

function drop(session: Keeping["session"], database: string, name: string): Promise<void> {
  return session.run(sql`DROP TABLE IF EXISTS ${within(database, name)}`);
}

async function registered({ rows }: Keeping["session"], register: Sql): Promise<readonly string[]> {
  const found = await rows(sql`SELECT f.result AS result FROM ${register} f`);
  return found.map(({ result }) => String(result));
}

/** No right to make tables, or a database that nobody can write to. */
const REFUSED: ReadonlySet<number> = new Set([229, 262, 916, 1088, 2760, 3906, 3908]);

async function begin({ session, database }: Keeping, register: Sql): Promise<void> {
  const made = session.run(
    sql`CREATE TABLE ${register} (result varchar(20) COLLATE Latin1_General_BIN)`,
  );
  await made.catch((error: unknown) => {
    if (error instanceof MssqlError && REFUSED.has(error.number))
      fail("mssql-temp-database", { database, trouble: "refused", nearest: [] });
    throw error;
  });
}

async function createdAt(keeping: Keeping, name: string): Promise<string> {
  const tables = await tablesThere(keeping);
  return tables.find((table) => table.name === name)?.created ?? "";
}

function usesFound({ database }: Keeping, { created }: KeptTable, finished: readonly string[]) {
  return problem("mssql-results-found", { database, begun: created, finished: finished.length });
}

/** The register first: without it nothing that is left is gone on with. */
async function forget(keeping: Keeping, key: string): Promise<void> {
  const { session, database } = keeping;
  await drop(session, database, registerOf(key));
  const tables = await tablesThere(keeping);
  const own = tables.filter(({ name }) => OURS.exec(name)?.[1] === key);
  for (const { name } of own) await drop(session, database, name);
  await session.run(sql`DROP TABLE IF EXISTS ${claimOf(key)}`);
}
