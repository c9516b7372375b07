import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { tppTables } from "../../engine/schema/tpp/tpp-tables.ts";
import { checked, events } from "../definition/study-of.ts";
import type { Calls } from "../definition/study-of.ts";
import { inDatabase, PATH } from "../database/in-database.ts";
import { cohortTexts, smallColumns, smallRecords } from "../database/small-records.ts";
import type { Asking } from "../database/small-records.ts";
import { problemsOf } from "../table/problem-of.ts";
import { postgresqlUrl } from "./ask-postgresql.ts";
import { inPostgresqlSchema, writeTables } from "./postgresql-tables.ts";
import type { PostgresqlPlace } from "./postgresql-tables.ts";
import { withReader } from "./roles.ts";
import type { NarrowPlace } from "./roles.ts";

const origin = postgresqlUrl();
const skip = origin === null ? "no PostgreSQL answers: test/postgresql/server.sh start" : false;

const grouped = {
  system: "ctv3",
  codes: [
    ["X1...", "one's"],
    ["X2...", "t|\\ t\two\n"],
  ],
};
const fromFile = (returning: string, type: string, more: object = {}) =>
  [
    "with_value_from_file",
    { f_path: "people.csv", returning, returning_type: type, ...more },
  ] as const;
const long = "ö".repeat(40);
const columns: Calls = {
  ...smallColumns,
  kind: events({ codelist: grouped, returning: "category", on_or_before: "index_date" }),
  [`first ${long}`]: events({ codelist: grouped, returning: "category" }),
  [`first ${long} too`]: fromFile("called", "str"),
  noted: fromFile("noted", "date", { date_format: "YYYY-MM-DD" }),
  score: fromFile("score", "float"),
};
const files = {
  "people.csv":
    'patient_id,called,noted,score\n1,O\'Brien \\N,2020-03-01,2.5\n4,,,\n7,"a,b",1999-12-31,-1\n',
};
const study = checked(columns);
const indexDates = ["2020-03-01", "2020-04-01", "2020-05-01"];
const names = ["Patient", "CodedEvent", "AllowedPatientsWithTypeOneDissent"];

async function withRecordsThere<T>(
  patients: number,
  act: (place: PostgresqlPlace) => Promise<T>,
): Promise<T> {
  return inPostgresqlSchema(String(origin), async (place) => {
    await writeTables(place, tppTables, names, smallRecords(patients));
    return act(place);
  });
}

const inScratch = async ({ owner, user }: NarrowPlace): Promise<void> => {
  await owner.connection.query(`CREATE SCHEMA work; GRANT USAGE, CREATE ON SCHEMA work TO ${user}`);
};

/** A user's rights, what the URL says, and where tables are then kept. */
const users: readonly (readonly [
  how: string,
  grant: (place: NarrowPlace) => Promise<void>,
  options: string,
])[] = [
  [
    "in temporary tables",
    async ({ owner, database, user }) => {
      await owner.connection.query(`GRANT TEMPORARY ON DATABASE ${database} TO ${user}`);
    },
    "",
  ],
  ["in a schema", inScratch, "&scratch=work"],
  ["in a schema, some patients at a time", inScratch, "&scratch=work&patients_at_once=10"],
  ["nowhere", () => Promise.resolve(), ""],
  [
    "nowhere, since the user is let read only",
    async ({ owner, database, user }) => {
      await owner.connection.query(
        `GRANT TEMPORARY ON DATABASE ${database} TO ${user}; ALTER ROLE ${user} SET default_transaction_read_only = on`,
      );
    },
    "&patients_at_once=10",
  ],
];

describe("records in a PostgreSQL", { skip }, () => {
  for (const [how, grant, options] of users) {
    it(`give the cohort files that DuckDB gives, with tables kept ${how}`, () =>
      inDatabase(smallRecords(57), async (workspace) => {
        const asking: Asking = { workspace, study, indexDates, files };
        const first = await cohortTexts(`duckdb:${PATH}`, asking);
        assert.match(first[2] ?? "", /O'Brien \\N/);
        await withReader(String(origin), smallRecords(57), async (place) => {
          await grant(place);
          assert.deepEqual(await cohortTexts(`${place.url}${options}`, asking), first);
          const { rows } = await place.owner.connection.query(
            "SELECT relname FROM pg_class WHERE relname LIKE 'cohortline%'",
          );
          assert.deepEqual(rows, []);
        });
      }));
  }

  it("are found in other letter case and with other types that fit", () =>
    inDatabase(smallRecords(57), async (workspace) => {
      const asking: Asking = { workspace, study, indexDates, files };
      const first = await cohortTexts(`duckdb:${PATH}`, asking);
      await withRecordsThere(57, async ({ url, schema, connection }) => {
        await connection.query(`SET search_path = ${schema}`);
        await connection.query(
          [
            `CREATE DOMAIN sex AS char(4)`,
            `CREATE TABLE patient AS SELECT CAST("Patient_ID" AS integer) AS patient_id, CAST("Sex" AS sex) AS "SEX", "DateOfBirth" AS dateofbirth, "DateOfDeath" AS dateofdeath FROM "Patient"`,
            `DROP TABLE "Patient"`,
            `CREATE VIEW event_times AS SELECT * FROM "CodedEvent"`,
            `CREATE TABLE codedevent AS SELECT CAST("Patient_ID" AS integer) AS patient_id, CAST("CTV3Code" AS varchar(9)) AS ctv3code, CAST(CAST("NumericValue" AS text) AS numeric) AS numericvalue, "ConsultationDate" AT TIME ZONE 'UTC' AS consultationdate, CAST("CodedEvent_ID" AS bigint) AS codedevent_id FROM "CodedEvent"`,
            `DROP VIEW event_times`,
            `DROP TABLE "CodedEvent"`,
          ].join(";\n"),
        );
        assert.deepEqual(await cohortTexts(url, asking), first);
      });
    }));

  it("are read as they were when the run began, whatever others write meanwhile", () =>
    withRecordsThere(57, async ({ url, schema, connection }) => {
      // Date by date, so that every date reads them anew.
      const asking: Asking = { workspace: "/tmp", study, indexDates, files, evaluate: "per-date" };
      const first = await cohortTexts(url, asking);
      let isChanged = false;
      const onCohort = (): void => {
        isChanged = true;
        void connection.query(`DELETE FROM ${schema}."Patient" WHERE "Patient_ID" > 20`);
      };
      assert.deepEqual(await cohortTexts(url, { ...asking, onCohort }), first);
      assert.ok(isChanged);
      const { rows } = await connection.query(`SELECT count(*) FROM ${schema}."Patient"`);
      assert.deepEqual(rows, [["7"]]);
    }));

  it("with ids beyond what a cohort file holds exactly are refused", () =>
    withRecordsThere(3, async ({ url, schema, connection }) => {
      const id = "9007199254740993";
      await connection.query(
        `INSERT INTO ${schema}."Patient" ("Patient_ID", "Sex") VALUES (${id}, 'F'); INSERT INTO ${schema}."AllowedPatientsWithTypeOneDissent" VALUES (${id})`,
      );
      const told = await problemsOf(() => cohortTexts(url, { workspace: "/tmp" }));
      assert.deepEqual(
        told.map(({ code }) => code),
        ["postgresql-number-range"],
      );
      assert.doesNotMatch(JSON.stringify(told), new RegExp(id));
    }));

  it("of a user who may not read them are refused with what must be granted", () =>
    withReader(String(origin), smallRecords(3), async ({ url, user, owner }) => {
      await owner.connection.query(
        `REVOKE USAGE ON SCHEMA ${owner.schema} FROM ${user}; REVOKE SELECT ON ${owner.schema}."CodedEvent" FROM ${user}`,
      );
      const [told] = await problemsOf(() => cohortTexts(url, { workspace: "." }));
      assert.deepEqual([told?.code, told?.exitCode], ["postgresql-permission", 1]);
      const [use, select] = /say: (.*); (.*)\.$/.exec(told?.hint ?? "")?.slice(1) ?? [];
      await owner.connection.query(`${String(use)}; ${String(select)}`);
      assert.equal((await cohortTexts(url, { workspace: "/tmp" })).length, 3);
    }));

  it("are refused with what must be granted where the scratch schema lets nothing be made", () =>
    withReader(String(origin), smallRecords(3), async ({ url, user, owner }) => {
      await owner.connection.query(`CREATE SCHEMA work`);
      const [told] = await problemsOf(() => cohortTexts(`${url}&scratch=work`, { workspace: "." }));
      assert.equal(told?.code, "postgresql-scratch");
      assert.match(told.hint, new RegExp(`GRANT USAGE, CREATE ON SCHEMA "work" TO "${user}"`));
      const [none] = await problemsOf(() => cohortTexts(`${url}&scratch=no`, { workspace: "." }));
      assert.equal(none?.code, "postgresql-scratch");
    }));

  it("without a table or column are refused with the nearest names", () =>
    withRecordsThere(3, async ({ url, schema, connection }) => {
      await connection.query(
        `ALTER TABLE ${schema}."CodedEvent" RENAME COLUMN "CTV3Code" TO "CTV3Codes"; ALTER TABLE ${schema}."CodedEvent" ALTER COLUMN "CodedEvent_ID" TYPE numeric`,
      );
      const told = await problemsOf(() => cohortTexts(url, { workspace: "." }));
      assert.deepEqual(
        told.map(({ code }) => code),
        ["database-column-missing", "database-column-type"],
      );
      assert.match(told[0]?.hint ?? "", /CTV3Codes/);
    }));
});

describe("a study that PostgreSQL cannot answer", { skip }, () => {
  for (const [what, called, code] of [
    [
      "divides by zero for some patient",
      ["satisfying", { expression: "100 / (age - age) > 1" }],
      "division-by-zero",
    ],
    [
      "has a code with a NUL",
      events({ codelist: { system: "ctv3", codes: ["X\0."] } }),
      "postgresql-text",
    ],
    [
      "has a category with a NUL",
      [
        "categorised_as",
        {
          category_definitions: {
            $pairs: [
              ["a\0b", "age > 1"],
              ["c", "DEFAULT"],
            ],
          },
        },
      ],
      "postgresql-text",
    ],
  ] as const) {
    it(`is refused, with the column named, where it ${what}`, () =>
      withRecordsThere(3, async ({ url }) => {
        const asked = checked({ ...smallColumns, wanted: called });
        const told = await problemsOf(() => cohortTexts(url, { workspace: ".", study: asked }));
        assert.deepEqual(
          told.map((each) => each.code),
          [code],
        );
      }));
  }

  it("is refused in words of its own where it has more columns than a table", () =>
    withRecordsThere(3, async ({ url }) => {
      const many = Array.from(
        { length: 1700 },
        (_, i) => [`c${i}`, ["fixed_value", { value: i }]] as const,
      );
      const wide = checked(Object.fromEntries(many));
      const told = await problemsOf(() => cohortTexts(url, { workspace: ".", study: wide }));
      assert.deepEqual(
        told.map((each) => [each.code, each.exitCode]),
        [["postgresql-too-large", 5]],
      );
    }));
});
