import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { tppTables } from "../../engine/schema/tpp/tpp-tables.ts";
import { recordedFiles } from "../commands/recorded-workspace.ts";
import { alone, contentsOf, inWorkspace, start } from "../commands/workspace.ts";
import { smallRecords } from "../database/small-records.ts";
import { postgresqlUrl } from "./ask-postgresql.ts";
import { withOwnServer } from "./own-server.ts";
import { connectedTo, writeTables } from "./postgresql-tables.ts";

const origin = postgresqlUrl();
const skip = origin === null ? "no PostgreSQL answers: test/postgresql/server.sh start" : false;
const names = ["Patient", "CodedEvent", "AllowedPatientsWithTypeOneDissent"];

const SLOWLY = `ALTER TABLE records."CodedEvent" RENAME TO events; CREATE VIEW records."CodedEvent" AS SELECT e.* FROM records.events e, pg_sleep(60)`;
const QUICKLY = `DROP VIEW records."CodedEvent"; ALTER TABLE records.events RENAME TO "CodedEvent"`;

/** Until a statement of somebody else sleeps. */
async function asleep(url: string): Promise<void> {
  await connectedTo(url, async (connection) => {
    for (let sleeping = 0; sleeping === 0;) {
      const { rows } = await connection.query(
        "SELECT pg_sleep(0.05); SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND pid <> pg_backend_pid()",
      );
      sleeping = Number(rows[0]?.[0]);
    }
  });
}

/** What lies in the study's folder, but for the study. */
function written(folder: string): readonly string[] {
  return Object.keys(contentsOf(folder)).filter((name) => !(name in recordedFiles));
}

describe("a PostgreSQL that stops", { skip }, () => {
  it("ends a run as lost, which keeps whole files alone and goes on when it is back", () =>
    withOwnServer(({ url, halt, resume }) =>
      inWorkspace(recordedFiles, async (folder) => {
        await connectedTo(url, async (connection) => {
          await connection.query("CREATE SCHEMA records");
          const place = { url, schema: "records", connection };
          await writeTables(place, tppTables, names, smallRecords(23));
        });
        const words = (dates: string, attempts: number): readonly string[] => [
          "generate_cohort",
          ...[`--database-url=${url}&schema=records&version=march&attempts=${attempts}`],
          ...[`--index-date-range=${dates}`, "--skip-existing", "--verbose"],
        ];
        const all = "2020-02-01 to 2020-04-01 by month";
        assert.match((await alone(folder, words("2020-02-01", 1))).out, /Wrote 1 file/);
        const whole = contentsOf(folder);

        for (const mode of ["fast", "immediate"] as const) {
          await connectedTo(url, (connection) => connection.query(SLOWLY));
          const { ended } = start(folder, words(all, 1));
          await asleep(url);
          halt(mode);
          const { code, err } = await ended;
          assert.equal(code, 3, err);
          assert.match(err, /\[postgresql-connection-lost\]/);
          assert.deepEqual(contentsOf(folder), whole, mode);
          if (mode === "fast") {
            const refused = await alone(folder, words(all, 1));
            assert.equal(refused.code, 3, refused.err);
            assert.match(refused.err, /was lost: ECONNREFUSED/);
            assert.deepEqual(contentsOf(folder), whole);
          }
          resume();
          await connectedTo(url, (connection) => connection.query(QUICKLY));
        }

        halt("fast");
        const { process: waiting, ended } = start(folder, words(all, 9));
        // It is tried again: then the server comes back.
        await new Promise((resolve) => waiting.stderr?.once("data", resolve));
        resume();
        const { code, out, err } = await ended;
        assert.equal(code, 0, err);
        assert.match(out, /Wrote 2 files .*kept 1/);
        assert.equal(written(folder).filter((name) => name.endsWith(".csv")).length, 3);
      }),
    ));
});
