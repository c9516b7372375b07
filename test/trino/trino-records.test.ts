import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CodelistFound } from "../../engine/backend/backend.ts";
import { openRecords } from "../../engine/backend/connect.ts";
import { isoDateOf } from "../../engine/base/dates.ts";
import { databaseBackend } from "../../engine/backend/database/database-backend.ts";
import { tppTables } from "../../engine/schema/tpp/tpp-tables.ts";
import { sql } from "../../engine/text/sql.ts";
import { checked, events } from "../definition/study-of.ts";
import type { Calls } from "../definition/study-of.ts";
import { inDatabase, PATH } from "../database/in-database.ts";
import {
  backendOptions,
  cohortTexts,
  smallColumns,
  smallRecords,
} from "../database/small-records.ts";
import { problemsOf } from "../table/problem-of.ts";
import { trinoUrl } from "./ask-trino.ts";
import { inTrinoSchema, writeTables } from "./trino-tables.ts";
import type { TrinoPlace } from "./trino-tables.ts";

const origin = await trinoUrl();
const skip = origin === null ? "no Trino server answers" : false;

const grouped = {
  system: "ctv3",
  codes: [
    ["X1...", "one's"],
    ["X2...", "t|~^wo"],
  ],
};
const columns: Calls = {
  ...smallColumns,
  kind: events({ codelist: grouped, returning: "category", on_or_before: "index_date" }),
  noted: [
    "with_value_from_file",
    { f_path: "people.csv", returning: "noted", returning_type: "date", date_format: "YYYY-MM-DD" },
  ],
  called: [
    "with_value_from_file",
    { f_path: "people.csv", returning: "called", returning_type: "str" },
  ],
};
const files = {
  "people.csv": 'patient_id,called,noted\n1,O\'Brien,2020-03-01\n4,,\n7,"a,b",1999-12-31\n',
};
const study = checked(columns);
const indexDates = ["2020-03-01", "2020-04-01"];
const names = ["Patient", "CodedEvent", "AllowedPatientsWithTypeOneDissent"];

async function withRecordsThere(patients: number, act: (place: TrinoPlace) => Promise<void>) {
  await inTrinoSchema(String(origin), async (place) => {
    await writeTables(place, tppTables, names, smallRecords(patients));
    await act(place);
  });
}

async function namesLeft({ session, schema }: TrinoPlace): Promise<readonly unknown[]> {
  const rows = await session.rows(
    sql`SELECT table_name AS n FROM memory.information_schema.tables WHERE table_schema = ${schema} ORDER BY 1`,
  );
  return rows.map(({ n }) => n);
}

describe("records in a Trino server", { skip }, () => {
  for (const [how, options] of [
    ["at once", ""],
    ["for some patients at a time", "&patients_at_once=20"],
  ] as const) {
    it(`give the cohort files that DuckDB gives, and nothing is left of the work: ${how}`, () =>
      inDatabase(smallRecords(57), async (workspace) => {
        let codelists: readonly CodelistFound[] = [];
        const onCodelists = (found: readonly CodelistFound[]): void => void (codelists = found);
        const asking = { workspace, study, indexDates, files, onCodelists };
        const first = await cohortTexts(`duckdb:${PATH}`, asking);
        const heard = codelists;
        assert.ok(heard.some(({ recorded }) => recorded.size > 0));
        await withRecordsThere(57, async (place) => {
          assert.deepEqual(await cohortTexts(`${place.url}?provider=tpp${options}`, asking), first);
          assert.deepEqual(codelists, heard);
          assert.deepEqual(await namesLeft(place), names.map((name) => name.toLowerCase()).sort());
        });
      }));
  }

  it("keep nothing of a run that stops at its first rows", () =>
    withRecordsThere(23, async (place) => {
      const asking = { workspace: ".", files };
      const backend = await databaseBackend(
        await openRecords(place.url, "."),
        backendOptions(asking),
      );
      for await (const { batches } of backend.cohorts(study, indexDates.map(isoDateOf))) {
        for await (const { rows } of batches) if (rows > 0) break;
        break;
      }
      await backend.close();
      assert.equal((await namesLeft(place)).length, 3);
    }));

  it("are swept of what dead runs left, and of nothing else", () =>
    withRecordsThere(3, async (place) => {
      const { session } = place;
      const [row] = await session.rows(sql`SELECT CAST(to_unixtime(now()) AS BIGINT) AS n`);
      const alive = `cohortline_bbbbbbbbbbbb_alive_${Number(row?.["n"]) - 60}`;
      const kept = [
        alive,
        "cohortline_bbbbbbbbbbbb_t_part_1",
        "cohortline_mine",
        "xcohortline_aaaaaaaaaaaa_t_a",
      ];
      const dead = [
        "cohortline_aaaaaaaaaaaa_alive_1000",
        "cohortline_aaaaaaaaaaaa_t_part_1",
        "cohortline_cccccccccccc_t_part_1",
      ];
      for (const name of [...kept, ...dead])
        await session.upload({ name, columns: { code: "text" }, rows: [] });
      const records = await openRecords(place.url, ".");
      assert.deepEqual([...((await records.sweep?.()) ?? [])].sort(), dead);
      await records.session.close();
      assert.deepEqual(
        (await namesLeft(place)).filter((n) => String(n).includes("cohortline")),
        [...kept].sort(),
      );
    }));

  for (const [what, url, code] of [
    ["no such catalog", (at: string) => at.replace("/memory/", "/nowhere/"), "trino-not-found"],
    ["no such schema", (at: string) => `${at}x`, "trino-not-found"],
    [
      "tables of no provider",
      (at: string) => at.replace(/memory.*/, "memory/information_schema"),
      "database-provider",
    ],
    [
      "a scratch schema that is not there",
      (at: string) => `${at}?scratch=memory.nowhere`,
      "trino-not-found",
    ],
    [
      "a scratch schema that cannot be written to",
      (at: string) => `${at}?scratch=system.runtime`,
      "trino-scratch",
    ],
  ] as const) {
    it(`are a problem with what to do: ${what}`, () =>
      withRecordsThere(3, async (place) => {
        const told = await problemsOf(() =>
          cohortTexts(url(place.url), { workspace: ".", study, indexDates, files }),
        );
        assert.deepEqual(
          told.map((each) => each.code),
          [code],
        );
        assert.ok(!JSON.stringify(told).includes(place.schema));
        assert.equal((await namesLeft(place)).length, 3);
      }));
  }

  it("are a problem where a table is missing or a column holds another kind", () =>
    inTrinoSchema(String(origin), async (place) => {
      const changed = {
        ...tppTables,
        CodedEvent: { ...tppTables.CodedEvent, ConsultationDate: "text" },
      } as const;
      await writeTables(place, changed, ["Patient", "CodedEvent"], {});
      const told = await problemsOf(() =>
        cohortTexts(place.url, { workspace: ".", study, indexDates, files }),
      );
      assert.deepEqual(told.map((each) => each.code).sort(), [
        "database-column-type",
        "database-table-missing",
      ]);
    }));

  it("stop for whom a statement divides by zero", () =>
    withRecordsThere(3, async ({ url }) => {
      const ratio = ["satisfying", { expression: "100 / (age - age) > 1" }] as const;
      const told = await problemsOf(() =>
        cohortTexts(url, {
          workspace: ".",
          study: checked({ ...smallColumns, ratio }),
          indexDates,
        }),
      );
      assert.deepEqual(
        told.map((each) => each.code),
        ["division-by-zero"],
      );
    }));
});
