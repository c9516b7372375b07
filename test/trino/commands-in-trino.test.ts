import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { tppTables } from "../../engine/schema/tpp/tpp-tables.ts";
import { sql } from "../../engine/text/sql.ts";
import { recordedFiles } from "../commands/recorded-workspace.ts";
import { alone, inWorkspace, start } from "../commands/workspace.ts";
import { smallRecords } from "../database/small-records.ts";
import { trinoUrl } from "./ask-trino.ts";
import { inTrinoSchema, writeTables } from "./trino-tables.ts";
import type { TrinoPlace } from "./trino-tables.ts";

const origin = await trinoUrl();
const skip = origin === null ? "no Trino answers: test/trino/server.sh start" : false;
const names = ["Patient", "CodedEvent", "AllowedPatientsWithTypeOneDissent"];
const RANGE = "--index-date-range=2020-02-01 to 2020-04-01 by month";

function inRecords(act: (place: TrinoPlace, folder: string) => Promise<void>): Promise<void> {
  return inTrinoSchema(String(origin), async (place) => {
    await writeTables(place, tppTables, names, smallRecords(23));
    await inWorkspace(recordedFiles, (folder) => act(place, folder));
  });
}

async function ours({ session, schema }: TrinoPlace): Promise<readonly string[]> {
  const found = await session.rows(
    sql`SELECT table_name AS n FROM memory.information_schema.tables WHERE table_schema = ${schema} AND table_name LIKE 'cohortline%'`,
  );
  return found.map(({ n }) => String(n)).sort();
}

describe("commands on records in a real Trino", { skip }, () => {
  it("drop what dead runs left, and say its names", () =>
    inRecords(async (place, folder) => {
      const dead = ["cohortline_aaaaaaaaaaaa_alive_1000", "cohortline_aaaaaaaaaaaa_t_part_1"];
      for (const name of dead)
        await place.session.upload({ name, columns: { code: "text" }, rows: [] });
      const words = ["maintenance", "--clean", `--database-url=${place.url}`];
      const { code, out, err } = await alone(folder, words);
      assert.equal(code, 0, err);
      assert.deepEqual(
        out.trim().split("\n").sort(),
        dead.map((name) => `dropped ${name}`),
      );
      assert.deepEqual(await ours(place), []);
    }));

  it("end at Ctrl-C with nothing left of their work", () =>
    inRecords(async (place, folder) => {
      const words = ["generate_cohort", `--database-url=${place.url}`, RANGE];
      const { process: child, ended } = start(folder, words);
      const over = { is: false };
      void ended.then(() => (over.is = true));
      // At work as soon as something of it is kept.
      while (!over.is && !(await ours(place)).some((name) => name.includes("_t_"))) continue;
      child.kill("SIGINT");
      const { code, err } = await ended;
      assert.equal(code, 130, err);
      assert.deepEqual(await ours(place), []);
    }));

  it("keep finished files as long as the URL says the same version of the records", () =>
    inRecords(async (place, folder) => {
      const made = async (version: string): Promise<string> => {
        const url = `--database-url=${place.url}${version}`;
        const { code, out, err } = await alone(folder, [
          "generate_cohort",
          url,
          "--index-date-range=2020-02-01",
          "--skip-existing",
        ]);
        assert.equal(code, 0, err);
        return out;
      };
      assert.match(await made("?version=march"), /^Wrote 1 file /);
      assert.match(await made("?version=march"), /^Wrote 0 files .*kept 1/);
      assert.match(await made("?version=april"), /^Wrote 1 file /);
    }));
});
