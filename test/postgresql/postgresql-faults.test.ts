import assert from "node:assert/strict";
import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { describe, it } from "node:test";
import { openRecords } from "../../engine/backend/connect.ts";
import { databaseBackend } from "../../engine/backend/database/database-backend.ts";
import { tppTables } from "../../engine/schema/tpp/tpp-tables.ts";
import { sql, trustedSql } from "../../engine/text/sql.ts";
import { backendOptions, cohortTexts, smallRecords, textsFrom } from "../database/small-records.ts";
import type { Asking } from "../database/small-records.ts";
import { problemsOf } from "../table/problem-of.ts";
import { postgresqlUrl } from "./ask-postgresql.ts";
import { connectedTo, inPostgresqlSchema, writeTables } from "./postgresql-tables.ts";
import type { PostgresqlPlace } from "./postgresql-tables.ts";

const origin = postgresqlUrl() ?? "";
const skip = origin === "" ? "no PostgreSQL answers: test/postgresql/server.sh start" : false;
const names = ["Patient", "CodedEvent", "AllowedPatientsWithTypeOneDissent"];

function withRecordsThere<T>(act: (place: PostgresqlPlace) => Promise<T>): Promise<T> {
  return inPostgresqlSchema(origin, async (place) => {
    await writeTables(place, tppTables, names, smallRecords(23));
    return act(place);
  });
}

type Told = readonly (readonly [code: string, exitCode: number])[];

async function toldOf(url: string, asking: Partial<Asking> = {}): Promise<Told> {
  const told = await problemsOf(() => cohortTexts(url, { workspace: ".", ...asking }));
  return told.map(({ code, exitCode }) => [code, exitCode]);
}

/** How many others are at work in the schema, sleeping or at all, some hundredths of a second later. */
async function othersAtWork(
  { connection, schema }: PostgresqlPlace,
  isAsleep: boolean,
): Promise<number> {
  const asleep = isAsleep ? "AND wait_event = 'PgSleep'" : "";
  const { rows } = await connection.query(
    `SELECT pg_sleep(0.03); SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() ${asleep} AND query LIKE '%${schema}%'`,
  );
  return Number(rows[0]?.[0]);
}

/** Until somebody reads the slow table. */
async function asleep(place: PostgresqlPlace): Promise<void> {
  while ((await othersAtWork(place, true)) === 0) continue;
}

async function nobodyAtWork(place: PostgresqlPlace): Promise<boolean> {
  for (let tries = 0; tries < 700; tries++)
    if ((await othersAtWork(place, false)) === 0) return true;
  return false;
}

/** A table of records that takes the server long to read. */
const SLOWLY = `ALTER TABLE "CodedEvent" RENAME TO events; CREATE VIEW "CodedEvent" AS SELECT e.* FROM events e, pg_sleep(60)`;

describe("a run on a PostgreSQL", { skip }, () => {
  it("ends as lost where its connection is ended", () =>
    withRecordsThere(async ({ url, schema, connection }) => {
      const onCohort = (): void => {
        void connection.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND query LIKE '%${schema}%'`,
        );
      };
      const told = await toldOf(url, { onCohort, evaluate: "per-date", workspace: "/tmp" });
      assert.deepEqual(told, [["postgresql-connection-lost", 3]]);
    }));

  it("ends as lost where the way to the server breaks, and nothing stays at work there", () =>
    withRecordsThere(async (place) => {
      const { url, schema, connection } = place;
      await connection.query(`SET search_path = ${schema}; ${SLOWLY}`);
      const sockets: Socket[] = [];
      const proxy = createServer((from) => {
        const to = connect(Number(/@127\.0\.0\.1:(\d+)/.exec(url)?.[1]), "127.0.0.1");
        sockets.push(from, to);
        from
          .on("error", () => undefined)
          .pipe(to.on("error", () => undefined))
          .pipe(from);
      });
      await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
      const { port } = proxy.address() as AddressInfo;
      const run = toldOf(url.replace(/@127\.0\.0\.1:\d+/, `@127.0.0.1:${port}`));
      await asleep(place);
      for (const socket of sockets) socket.destroy();
      assert.deepEqual(await run, [["postgresql-connection-lost", 3]]);
      proxy.close();
      assert.ok(await nobodyAtWork(place));
    }));

  it("ends at its time limit, and so does the statement at the server", () =>
    withRecordsThere(async (place) => {
      const { url, schema, connection } = place;
      await connection.query(`SET search_path = ${schema}; ${SLOWLY}`);
      assert.deepEqual(await toldOf(`${url}&time_limit=1`), [["postgresql-time-limit", 5]]);
      assert.ok(await nobodyAtWork(place));
    }));

  it("ends when it is interrupted, and so does the statement at the server", () =>
    withRecordsThere(async (place) => {
      const { url, schema, connection } = place;
      await connection.query(`SET search_path = ${schema}; ${SLOWLY}`);
      const records = await openRecords(url, ".");
      const asking = { workspace: "." };
      const run = problemsOf(async () =>
        textsFrom(await databaseBackend(records, backendOptions(asking)), asking),
      );
      await asleep(place);
      records.session.interrupt();
      const [told] = await run;
      assert.equal(told?.message, "The database refused: the statement was interrupted");
      assert.ok(await nobodyAtWork(place));
    }));

  it("tells a statement that somebody else ended apart from those", () =>
    withRecordsThere(async (place) => {
      const { url, schema, connection } = place;
      await connection.query(`SET search_path = ${schema}; ${SLOWLY}`);
      const run = toldOf(`${url}&time_limit=50`);
      await asleep(place);
      await connection.query(
        `SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND query LIKE '%${schema}%'`,
      );
      assert.deepEqual(await run, [["postgresql-cancelled", 5]]);
    }));

  it("does not wait for ever for a table that is locked", () =>
    withRecordsThere(async ({ url, schema, connection }) => {
      await connection.query(`BEGIN; LOCK TABLE ${schema}."CodedEvent" IN ACCESS EXCLUSIVE MODE`);
      assert.deepEqual(await toldOf(`${url}&wait=1`), [["postgresql-locked", 4]]);
      await connection.query("ROLLBACK");
    }));

  it("tells of a table that went away after it was looked for", () =>
    withRecordsThere(async ({ url, schema, connection }) => {
      const records = await openRecords(url, ".");
      await connection.query(`DROP TABLE ${schema}."CodedEvent"`);
      const asking = { workspace: "." };
      const backend = await databaseBackend(records, backendOptions(asking));
      const told = await problemsOf(() => textsFrom(backend, asking));
      assert.deepEqual(
        told.map(({ code, exitCode }) => [code, exitCode]),
        [["postgresql-table-gone", 4]],
      );
    }));

  for (const [state, code, exitCode] of [
    ["40P01", "postgresql-busy", 3],
    ["53100", "postgresql-space", 5],
    ["53200", "postgresql-memory", 5],
    ["53400", "postgresql-space", 5],
    ["57P01", "postgresql-connection-lost", 3],
    ["22003", "database-value", 5],
    ["XX000", "database-error", 5],
  ] as const) {
    it(`is told by the state ${state} of an error, not by its text`, () =>
      withRecordsThere(async ({ url }) => {
        const records = await openRecords(`${url}&attempts=1`, ".");
        const raise = trustedSql(
          `DO $$ BEGIN RAISE EXCEPTION 'the value SECRET' USING ERRCODE = '${state}'; END $$`,
        );
        const [told] = await problemsOf(() =>
          records.session.run(raise).catch((error: unknown) => records.fail(error, ["seen"])),
        );
        assert.deepEqual([told?.code, told?.exitCode], [code, exitCode]);
        assert.doesNotMatch(JSON.stringify(told), /SECRET/);
        // What failed is as if it had not been.
        const [row] = await records.session.rows(sql`SELECT 1 AS n`);
        assert.equal(row?.["n"], "1");
        await records.session.close();
      }));
  }

  it("is told of a disk that holds no more of its work", () =>
    withRecordsThere(async ({ url, connection }) => {
      const user = `narrow_${process.pid}`;
      await connection.query(
        `CREATE ROLE ${user} LOGIN PASSWORD 'word' IN ROLE pg_read_all_data; ALTER ROLE ${user} SET temp_file_limit = 0; ALTER ROLE ${user} SET work_mem = '64kB'`,
      );
      try {
        const records = await openRecords(url.replace(/\/\/[^@]*@/, `//${user}:word@`), ".");
        const sorted = sql`SELECT max(x) AS n FROM (SELECT md5(CAST(g AS text)) AS x FROM generate_series(1, 9999) AS g ORDER BY 1 OFFSET 0) q`;
        const [told] = await problemsOf(() =>
          records.session.rows(sorted).catch((error: unknown) => records.fail(error, [])),
        );
        assert.deepEqual([told?.code, told?.exitCode], ["postgresql-space", 5]);
        await records.session.close();
      } finally {
        await connectedTo(origin, (admin) => admin.query(`DROP ROLE ${user}`));
      }
    }));

  it("ends the statement of a large result that nobody reads to its end, and goes on", () =>
    withRecordsThere(async ({ url }) => {
      const { session } = await openRecords(url, ".");
      const many = sql`SELECT CAST(g AS bigint) AS n, repeat('x', 100) AS x FROM generate_series(1, 3000000) AS g`;
      const seen: number[] = [];
      for await (const chunk of session.chunks(many)) {
        seen.push(chunk.rows, Number(chunk.raw(0, Float64Array)[2047]));
        break;
      }
      assert.deepEqual(seen, [2048, 2048]);
      const [row] = await session.rows(sql`SELECT 2 AS n`);
      assert.equal(row?.["n"], "2");
      await session.close();
    }));
});
