import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isoDateOf } from "../../engine/base/dates.ts";
import { databaseBackend } from "../../engine/backend/database/database-backend.ts";
import { explainIn } from "../../engine/backend/database/explain.ts";
import { buildsIn } from "../../engine/backend/database/maintenance.ts";
import { BOUNDS } from "../../engine/sql/gather.ts";
import { sql } from "../../engine/text/sql.ts";
import { checked, events } from "../definition/study-of.ts";
import type { Calls } from "../definition/study-of.ts";
import { problemsOf } from "../table/problem-of.ts";
import { openClinic } from "./clinic.ts";
import { inDatabase, PATH } from "./in-database.ts";
import {
  backendOptions,
  cohortTexts,
  smallColumns,
  smallRecords,
  textsFrom,
} from "./small-records.ts";
import type { Asking } from "./small-records.ts";

const months = Array.from({ length: 14 }, (_, i) => {
  const month = String((i % 12) + 1).padStart(2, "0");
  return `${2020 + Math.floor(i / 12)}-${month}-01`;
});

const grouped = {
  system: "ctv3",
  codes: [
    ["X1...", "one's"],
    ["X2...", "two"],
  ],
};
const fromFile = (returning: string, type: string, more: object = {}) =>
  [
    "with_value_from_file",
    { f_path: "people.csv", returning, returning_type: type, ...more },
  ] as const;

const columns: Calls = {
  ...smallColumns,
  kind: events({ codelist: grouped, returning: "category", on_or_before: "index_date" }),
  group: [
    "categorised_as",
    {
      category_definitions: {
        $pairs: [
          ["young", "age < 40"],
          ["not so young", "DEFAULT"],
        ],
      },
    },
  ],
  score: fromFile("score", "float"),
  called: fromFile("called", "str"),
  noted: fromFile("noted", "date", { date_format: "YYYY-MM-DD" }),
};

const files = {
  "people.csv":
    'patient_id,score,called,noted\n1,2.5,O\'Brien,2020-03-01\n4,,,\n7,-1,"a,b",1999-12-31\n',
};

async function clinicTexts(options: string, asking: Asking): Promise<readonly string[]> {
  const records = await openClinic(`clinic:${PATH}${options}`, asking.workspace);
  return textsFrom(await databaseBackend(records, backendOptions(asking)), asking);
}

describe("a database of another kind, which numbers no texts and gives rows of one answer at a time", () => {
  const study = checked(columns);

  for (const [how, options, evaluate, bounds = BOUNDS] of [
    ["at once", "", "one-pass"],
    ["for some patients at a time", "?patients_at_once=10", "one-pass"],
    ["for opted-out patients too", "?opensafely_include_t1oo=true", "one-pass"],
    ["date by date", "?patients_at_once=20", "per-date"],
    [
      "with tables that are joined before a statement",
      "",
      "one-pass",
      { joins: 1, gathered: 2, characters: 100 },
    ],
  ] as const) {
    it(`answers with the same cohort files as the first: ${how}`, () =>
      inDatabase(smallRecords(57), async (workspace) => {
        const asking = { workspace, study, indexDates: months, files, evaluate, bounds };
        const first = await cohortTexts(`duckdb:${PATH}${options}`, asking);
        assert.equal(first.length, 14);
        assert.match(first[3] ?? "", /O'Brien/);
        assert.deepEqual(await clinicTexts(options, asking), first);
      }));
  }

  it("answers in as many pieces as its rows take", () =>
    inDatabase(smallRecords(5000), async (workspace) => {
      const asking = { workspace, indexDates: months.slice(3, 5) };
      const first = await cohortTexts(`duckdb:${PATH}`, asking);
      assert.deepEqual(await clinicTexts("", asking), first);
    }));

  it("leaves none of its tables behind, done or stopped at the first rows", () =>
    inDatabase(smallRecords(57), async (workspace) => {
      const asking = { workspace, files, bounds: { joins: 1, gathered: 2, characters: 100 } };
      for (const isStopped of [false, true]) {
        const records = await openClinic(`clinic:${PATH}`, workspace);
        const backend = await databaseBackend(records, backendOptions(asking));
        for await (const { batches } of backend.cohorts(study, months.map(isoDateOf))) {
          for await (const { rows } of batches) if (isStopped && rows > 0) break;
          if (isStopped) break;
        }
        const left = sql`SELECT table_name AS name FROM duckdb_tables() WHERE schema_name = 'main'`;
        assert.deepEqual(await records.session.rows(left), []);
        await backend.close();
      }
    }));

  it("counts groups of patients, but refuses sums that go by the order of the patients", () =>
    inDatabase(smallRecords(57), async (workspace) => {
      const records = await openClinic(`clinic:${PATH}`, workspace);
      const backend = await databaseBackend(records, backendOptions({ workspace }));
      const added = async (number: string): Promise<readonly number[]> => {
        const wanted = { keys: ["sex"], sets: [[0]], numbers: [number], most: 1000 };
        const sums: number[] = [];
        for await (const { groups } of backend.groups?.(
          study,
          months.slice(3, 4).map(isoDateOf),
          wanted,
        ) ?? [])
          for (const { patients } of groups) sums.push(...patients);
        return sums;
      };
      assert.deepEqual([...(await added("seen"))].sort(), [11, 11, 12, 12]);
      const told = await problemsOf(() => added("value"));
      assert.deepEqual(
        told.map(({ code, message }) => [code, /"(.*)"/.exec(message)?.[1]]),
        [["sums-not-exact", "value"]],
      );
      await backend.close();
    }));

  it("stops for whom a statement divides by zero", () =>
    inDatabase(smallRecords(3), async (workspace) => {
      const ratio = ["satisfying", { expression: "100 / (age - age) > 1" }] as const;
      const dividing = checked({ ...smallColumns, ratio });
      const told = await problemsOf(() => clinicTexts("", { workspace, study: dividing }));
      assert.deepEqual(
        told.map(({ code, message }) => [code, /"(.*)"/.exec(message)?.[1]]),
        [["division-by-zero", "ratio"]],
      );
    }));

  it("reports in its own words what it refuses, with the columns it was at work for", () =>
    inDatabase(smallRecords(3), async (workspace) => {
      const records = await openClinic(`clinic:${PATH}`, workspace);
      await records.session.run(sql`DROP TABLE clinic.entry`);
      const asking = { workspace };
      const backend = await databaseBackend(records, backendOptions(asking));
      const told = await problemsOf(() => textsFrom(backend, asking));
      assert.deepEqual(
        told.map(({ code, message }) => [code, message]),
        [["database-error", "The database refused: the clinic does not know"]],
      );
      assert.match(told[0]?.hint ?? "", /"seen"/);
    }));

  it("names the column of texts that do not stand for days, and none of the texts", () =>
    inDatabase(smallRecords(23), async (workspace) => {
      const records = await openClinic(`clinic:${PATH}`, workspace);
      await records.session.run(
        sql`UPDATE clinic.person SET died = 'last spring' WHERE number < 6`,
      );
      const died = checked({ died: ["with_death_recorded_in_primary_care"] });
      const asking = { workspace, study: died };
      const backend = await databaseBackend(records, backendOptions(asking));
      const told = await problemsOf(() => textsFrom(backend, asking));
      assert.deepEqual(
        told.map(({ code, message }) => [code, message]),
        [
          [
            "record-text",
            'The column "died" of the table "person" must hold days such as 2020-03-31; 2 rows do not',
          ],
        ],
      );
    }));

  it("says what it lacks under its own names", () =>
    inDatabase(smallRecords(3), async (workspace) => {
      const tested = checked({
        care: ["household_as_of", { reference_date: "2020-02-01", returning: "household_size" }],
      });
      const told = await problemsOf(() => clinicTexts("", { workspace, study: tested }));
      assert.ok(told.every(({ message }) => message.endsWith("as a clinic's database has")));
    }));

  it("explains a plan without what it does not expect, with what it took", () =>
    inDatabase(smallRecords(23), async (workspace) => {
      const records = await openClinic(`clinic:${PATH}`, workspace);
      const { today, readFile } = backendOptions({ workspace, files });
      const { plan, facts } = await explainIn(records, study, [isoDateOf("2020-04-01")], {
        ...{ today, readFile, analyze: true },
      });
      await records.session.close();
      assert.deepEqual(
        [...facts.keys()],
        plan.parts.map(({ name }) => name),
      );
      for (const { estimatedRows, rows = 0 } of facts.values()) {
        assert.equal(estimatedRows, undefined);
        assert.ok(rows > 0);
      }
    }));

  it("says whether it is being rebuilt", () =>
    inDatabase(smallRecords(3), async (workspace) => {
      const records = await openClinic(`clinic:${PATH}`, workspace);
      assert.deepEqual(await buildsIn(records), [
        { event: "OpenSAFELY", startedAt: "2020-01-01 10:00:00", endedAt: "9999-12-31 00:00:00" },
      ]);
      await records.session.close();
    }));
});
