/**
 * Tables that a run keeps on the way, in a schema that others may use as well. Their names tell whose they are; a
 * table beside them tells when the run was last alive, by the server's clock. Trino has no temporary tables: what a
 * run that died has left behind is dropped by one that comes later.
 */
import { randomBytes } from "node:crypto";
import { identifier, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { Session } from "../database/session.ts";
import type { SchemaName } from "./trino-url.ts";

type Asked = Pick<Session, "run" | "rows">;

export interface KeptTables {
  readonly table: (name: string) => Sql;
  /** Tells others that the run is alive, and drops what those have left that are not. */
  readonly begin: (session: Asked) => Promise<void>;
  /** Drops whatever of the run is still there. */
  readonly end: (session: Asked) => Promise<void>;
}

/** `cohortline_RUN_alive_SECONDS`, `cohortline_RUN_t_NAME`; nothing else of the schema is touched. */
const OURS = /^cohortline_([0-9a-f]{12})_(?:alive_(\d{1,12})|t_[a-z0-9_]+)$/;

const RENEWED_AFTER_SECONDS = 600;
/** Longer than some renewals: a machine may sleep. */
const DEAD_AFTER_SECONDS = 3600;

export function keptTables(scratch: SchemaName): KeptTables {
  const run = randomBytes(6).toString("hex");
  let mark: string | null = null;
  let renewal: NodeJS.Timeout | undefined;
  const renew = async (session: Asked): Promise<void> => {
    const next = `cohortline_${run}_alive_${await now(session)}`;
    if (next === mark) return;
    await session.run(sql`CREATE TABLE ${within(scratch, next)} AS SELECT 1 AS alive`);
    const old = mark;
    mark = next;
    if (old !== null) await drop(session, scratch, [old]);
  };
  return {
    table: (name) => within(scratch, `cohortline_${run}_t_${name.toLowerCase()}`),
    begin: async (session) => {
      await renew(session);
      await sweepKeptTables(session, scratch);
      const again = (): void => void renew(session).catch(() => undefined);
      renewal = setInterval(again, RENEWED_AFTER_SECONDS * 1000).unref();
    },
    end: async (session) => {
      clearInterval(renewal);
      if (mark === null) return;
      const there = await namesThere(session, scratch);
      const own = there.filter((name) => OURS.exec(name)?.[1] === run && name !== mark);
      // While its tables are there, the run is alive.
      await drop(session, scratch, [...own, mark]);
    },
  };
}

/** Drops what runs left that have not been alive for long; gives its names. Leaves what it may not drop. */
export async function sweepKeptTables(
  session: Asked,
  scratch: SchemaName,
): Promise<readonly string[]> {
  const seen = await namesThere(session, scratch);
  if (seen.length === 0) return [];
  const dead = leftovers(seen, await now(session));
  if (dead.length === 0) return [];
  // A mark that was renewed while the names were listed may have been missed once, not twice.
  const still = new Set(leftovers(await namesThere(session, scratch), await now(session)));
  return drop(
    session,
    scratch,
    dead.filter((name) => still.has(name)),
  );
}

/** Those of runs whose mark is old, or gone: a run has its mark before it has tables. */
export function leftovers(names: readonly string[], seconds: number): readonly string[] {
  const alive = new Map<string, number>();
  for (const name of names) {
    const [, run = "", mark] = OURS.exec(name) ?? [];
    if (mark !== undefined) alive.set(run, Math.max(alive.get(run) ?? 0, Number(mark)));
  }
  return names.filter((name) => {
    const [, run] = OURS.exec(name) ?? [];
    return run !== undefined && seconds - (alive.get(run) ?? 0) > DEAD_AFTER_SECONDS;
  });
}

function within({ catalog, schema }: SchemaName, name: string): Sql {
  return sql`${identifier(catalog)}.${identifier(schema)}.${identifier(name)}`;
}

async function namesThere(
  { rows }: Asked,
  { catalog, schema }: SchemaName,
): Promise<readonly string[]> {
  const found = await rows(
    sql`SELECT table_name AS name FROM ${identifier(catalog)}.information_schema.tables WHERE table_schema = ${schema.toLowerCase()} AND table_name LIKE 'cohortline$_%' ESCAPE '$'`,
  );
  return found.map(({ name }) => String(name));
}

async function drop(
  { run }: Asked,
  scratch: SchemaName,
  names: readonly string[],
): Promise<readonly string[]> {
  const dropped: string[] = [];
  for (const name of names) {
    const isGone = await run(sql`DROP TABLE IF EXISTS ${within(scratch, name)}`).then(
      () => true,
      () => false,
    );
    if (isGone) dropped.push(name);
  }
  return dropped;
}

async function now({ rows }: Asked): Promise<number> {
  const [row] = await rows(sql`SELECT CAST(to_unixtime(now()) AS BIGINT) AS seconds`);
  return Number(row?.["seconds"]);
}
