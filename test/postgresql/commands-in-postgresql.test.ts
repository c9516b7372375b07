import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { tppTables } from "../../engine/schema/tpp/tpp-tables.ts";
import { recordedFiles } from "../commands/recorded-workspace.ts";
import { alone, contentsOf, inWorkspace, start } from "../commands/workspace.ts";
import { smallRecords } from "../database/small-records.ts";
import { postgresqlUrl } from "./ask-postgresql.ts";
import { inPostgresqlSchema, writeTables } from "./postgresql-tables.ts";
import type { PostgresqlPlace } from "./postgresql-tables.ts";

const origin = postgresqlUrl();
const skip = origin === null ? "no PostgreSQL answers: test/postgresql/server.sh start" : false;
const names = ["Patient", "CodedEvent", "AllowedPatientsWithTypeOneDissent"];
const RANGE = "--index-date-range=2020-02-01 to 2020-04-01 by month";

function inRecords(act: (place: PostgresqlPlace, folder: string) => Promise<void>): Promise<void> {
  return inPostgresqlSchema(String(origin), async (place) => {
    await writeTables(place, tppTables, names, smallRecords(23));
    await inWorkspace(recordedFiles, (folder) => act(place, folder));
  });
}

describe("commands on records in a real PostgreSQL", { skip }, () => {
  it("end at Ctrl-C, and so does their statement at the server", () =>
    inRecords(async ({ url, schema, connection }, folder) => {
      await connection.query(
        `SET search_path = ${schema}; ALTER TABLE "CodedEvent" RENAME TO events; CREATE VIEW "CodedEvent" AS SELECT e.* FROM events e, pg_sleep(60)`,
      );
      const atWork = async (): Promise<number> => {
        const { rows } = await connection.query(
          `SELECT pg_sleep(0.05); SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND pid <> pg_backend_pid() AND query LIKE '%${schema}%'`,
        );
        return Number(rows[0]?.[0]);
      };
      const { process: child, ended } = start(folder, [
        "generate_cohort",
        `--database-url=${url}`,
        RANGE,
      ]);
      const over = { is: false };
      void ended.then(() => (over.is = true));
      while (!over.is && (await atWork()) === 0) continue;
      child.kill("SIGINT");
      const { code, err } = await ended;
      assert.equal(code, 130, err);
      while ((await atWork()) > 0) continue;
      assert.ok(!Object.keys(contentsOf(folder)).some((name) => name.endsWith(".csv")));
    }));

  it("keep finished files as long as the URL says the same version, tell nobody the URL, and explain a plan", () =>
    inRecords(async ({ url, schema }, folder) => {
      let told = "";
      const ran = async (...words: readonly string[]): Promise<string> => {
        const { code, out, err } = await alone(folder, words);
        assert.equal(code, 0, err);
        told += out + err;
        return out;
      };
      const made = (version: string): Promise<string> =>
        ran(
          "generate_cohort",
          `--database-url=${url}${version}`,
          RANGE,
          "--skip-existing",
          "--verbose",
        );
      assert.match(await made("&version=march"), /Wrote 3 files/);
      assert.match(await made("&version=march"), /Wrote 0 files .*kept 3/);
      assert.match(await made("&version=april"), /Wrote 3 files/);
      const plan = await ran("explain", `--database-url=${url}`, RANGE, "--analyze");
      assert.match(plan, /rows/);
      assert.match(await ran("check", `--database-url=${url}`), /all \d+ mean what they must/);
      const password = /:([^:@/]*)@/.exec(url)?.[1] ?? "";
      assert.doesNotMatch(
        told + JSON.stringify(contentsOf(join(folder, "output"))),
        new RegExp(`${password}|${schema}`),
      );
    }));
});
