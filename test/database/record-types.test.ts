import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import { inScratchFolder } from "../conformance/scratch-folder.ts";
import { checked } from "../definition/study-of.ts";
import type { Calls } from "../definition/study-of.ts";
import { problemsOf } from "../table/problem-of.ts";
import { alone, contentsOf } from "../commands/workspace.ts";
import { inRecordedWorkspace } from "../commands/recorded-workspace.ts";
import { cohortTexts } from "./small-records.ts";
import { sql, trustedSql } from "../../engine/text/sql.ts";

const codelist = { system: "snomed", codes: ["111"] };
const columns: Calls = {
  born: ["date_of_birth", { date_format: "YYYY-MM" }],
  code: ["with_these_clinical_events", { codelist, returning: "code" }],
  day: ["with_these_clinical_events", { codelist, returning: "date", date_format: "YYYY-MM-DD" }],
};

const EVENT = {
  Patient_ID: "1::BIGINT",
  CodedEvent_ID: "1",
  ConceptID: "'111'",
  ConsultationDate: "TIMESTAMP '2020-03-01 10:00'",
};
const PATIENT = { Patient_ID: "1::BIGINT", DateOfBirth: "DATE '1950-03-01'" };

type Values = Readonly<Record<string, string>>;
interface Tables {
  readonly event?: Values;
  readonly patient?: Values;
  /** A second file of events. */
  readonly more?: Values;
}

const selected = (values: Values) =>
  `SELECT ${Object.entries(values)
    .map(([name, sql]) => `${sql} AS ${name}`)
    .join(", ")}`;

/** The same records in a folder of Parquet files and in a DuckDB file, one after the other. */
async function inBoth(tables: Tables, act: (url: string, workspace: string) => Promise<void>) {
  const event = selected({ ...EVENT, ...tables.event });
  const more = selected({ ...EVENT, ...(tables.more ?? tables.event) });
  const patient = selected({ ...PATIENT, ...tables.patient });
  await inScratchFolder(async (workspace) => {
    mkdirSync(join(workspace, "files/CodedEvent_SNOMED"), { recursive: true });
    const db = await openDuckDb({ path: join(workspace, "records.duckdb") });
    const copy = (query: string, file: string) =>
      db.run(sql`COPY (${trustedSql(query)}) TO ${`${workspace}/files/${file}.parquet`}`);
    await db.run(sql`CREATE TABLE Patient AS ${trustedSql(patient)}`);
    await db.run(sql`CREATE TABLE CodedEvent_SNOMED AS ${trustedSql(event)}`);
    await copy(patient, "Patient");
    await copy(event, "CodedEvent_SNOMED/a");
    if (tables.more !== undefined) await copy(more, "CodedEvent_SNOMED/b");
    db.close();
    if (tables.more === undefined) await act("duckdb:records.duckdb", workspace);
    await act("duckdb:files", workspace);
  });
}

const asking = { study: checked(columns), indexDates: ["2020-04-01"] };
const everybody = "?opensafely_include_t1oo=true";

const read: readonly (readonly [what: string, tables: Tables, cells: string])[] = [
  ["ids of 32 bits", { event: { Patient_ID: "1::INTEGER" } }, "1950-03,111,2020-03-01"],
  [
    "the largest and the smallest id",
    { event: { CodedEvent_ID: "-9007199254740991" } },
    "1950-03,111,2020-03-01",
  ],
  [
    "days where times are declared",
    { event: { ConsultationDate: "DATE '2020-03-01'" } },
    "1950-03,111,2020-03-01",
  ],
  [
    "times where days are declared",
    { patient: { DateOfBirth: "TIMESTAMP '1950-03-01 23:00'" } },
    "1950-03,111,2020-03-01",
  ],
  [
    "times in nanoseconds",
    { event: { ConsultationDate: "TIMESTAMP_NS '2020-03-01 23:59:59.999999999'" } },
    "1950-03,111,2020-03-01",
  ],
  [
    "times with a zone, as days in UTC",
    { event: { ConsultationDate: "TIMESTAMPTZ '2020-03-01 23:30:00+00'" } },
    "1950-03,111,2020-03-01",
  ],
  [
    "times of another zone, as days in UTC",
    { event: { ConsultationDate: "TIMESTAMPTZ '2020-03-02 00:30:00+01'" } },
    "1950-03,111,2020-03-01",
  ],
  [
    "days of birth with a zone, as days in UTC",
    { patient: { DateOfBirth: "TIMESTAMPTZ '1950-03-01 00:30:00+00'" } },
    "1950-03,111,2020-03-01",
  ],
  [
    "files of one table with ids of 32 and of 64 bits",
    { more: { Patient_ID: "2::INTEGER" } },
    "1950-03,111,2020-03-01",
  ],
];

const refused: readonly (readonly [what: string, tables: Tables, told: RegExp])[] = [
  [
    "ids with a fraction",
    { event: { Patient_ID: "1.5::DOUBLE" } },
    /^database-column-type: .*"Patient_ID" of the table "CodedEvent_SNOMED" holds DOUBLE; it must hold whole numbers/,
  ],
  [
    "ids that are decimals",
    { patient: { Patient_ID: "1::DECIMAL(18,0)" } },
    /^database-column-type: .*DECIMAL\(18,0\)/,
  ],
  ["ids that are texts", { patient: { Patient_ID: "'1'" } }, /^database-column-type: .*VARCHAR/],
  [
    "days that are texts",
    { patient: { DateOfBirth: "'1950-03-01'" } },
    /^database-column-type: .*"DateOfBirth".*VARCHAR; it must hold days/,
  ],
  [
    "days that are numbers",
    { event: { ConsultationDate: "20200301" } },
    /^database-column-type: .*INTEGER; it must hold times or days/,
  ],
  [
    "codes that are numbers",
    { event: { ConceptID: "111" } },
    /^database-column-type: .*"ConceptID".*INTEGER; it must hold text/,
  ],
  [
    "an id of 2^53",
    { patient: { Patient_ID: "9007199254740992" } },
    /^record-number-range: .*"Patient_ID" of the table "Patient"/,
  ],
  [
    "an id as far below 0",
    { event: { Patient_ID: "-9007199254740993" } },
    /^record-number-range: .*"Patient_ID" of the table "CodedEvent_SNOMED"/,
  ],
  [
    "an id of an event beyond 2^53",
    { event: { CodedEvent_ID: "9223372036854775807" } },
    /^record-number-range: .*"CodedEvent_ID"/,
  ],
  [
    "an id of 64 bits without a sign",
    { event: { CodedEvent_ID: "18446744073709551615::UBIGINT" } },
    /^record-number-range/,
  ],
  [
    "a later file of a table with other types",
    { more: { Patient_ID: "1.5::DOUBLE" } },
    /^database-column-type: .*holds DOUBLE in CodedEvent_SNOMED\/b.parquet/,
  ],
];

describe("types of records in Parquet and DuckDB", () => {
  for (const [what, tables, cells] of read) {
    it(`that are safe are read: ${what}`, () =>
      inBoth(tables, async (url, workspace) => {
        const [text = ""] = await cohortTexts(url + everybody, { ...asking, workspace });
        assert.equal(text.split("\n")[1], `1,${cells}`, url);
      }));
  }

  for (const [what, tables, told] of refused) {
    it(`that could round, guess or shift are refused by table and column: ${what}`, () =>
      inBoth(tables, async (url, workspace) => {
        const found = await problemsOf(() =>
          cohortTexts(url + everybody, { ...asking, workspace }),
        );
        assert.match(found.map(({ code, message }) => `${code}: ${message}`)[0] ?? "", told, url);
        assert.deepEqual(
          found.map(({ exitCode }) => exitCode),
          [1],
        );
      }));
  }
});

describe("the machine's time zone", () => {
  it("changes no cohort, though the dates of the records have zones", () =>
    inRecordedWorkspace(async (folder) => {
      const files = join(folder, "zoned");
      mkdirSync(files);
      const db = await openDuckDb();
      for (const [name, query] of [
        ["Patient", "SELECT 1 AS Patient_ID, 'F' AS Sex"],
        ["AllowedPatientsWithTypeOneDissent", "SELECT 1 AS Patient_ID"],
        [
          "CodedEvent",
          "SELECT 1 AS Patient_ID, 1 AS CodedEvent_ID, 'X1...' AS CTV3Code, 2.5 AS NumericValue, unnest([TIMESTAMPTZ '2020-04-01 00:30:00+00', TIMESTAMPTZ '2020-04-30 23:30:00+00']) AS ConsultationDate",
        ],
      ] as const) {
        await db.run(sql`COPY (${trustedSql(query)}) TO ${`${files}/${name}.parquet`}`);
      }
      db.close();
      for (const TZ of ["UTC", "America/New_York", "Asia/Tokyo"]) {
        const words = [
          "generate_cohort",
          "--database-url=duckdb:zoned",
          "--index-date-range=2020-04-01 to 2020-05-01 by month",
          `--output-dir=${TZ.replace("/", "_")}`,
        ];
        const { code, err } = await alone(folder, words, { TZ });
        assert.equal(code, 0, err);
      }
      // The manifest knows the calendar day of whoever ran it, which is not the same everywhere.
      const cohorts = (zone: string) =>
        Object.entries(contentsOf(join(folder, zone))).filter(([name]) => name.endsWith(".csv"));
      const whole = cohorts("UTC");
      assert.deepEqual(
        whole.map(([, text]) => /\n1,F,(\d),/.exec(text)?.[1]),
        ["1", "0"],
      );
      assert.deepEqual(cohorts("America_New_York"), whole);
      assert.deepEqual(cohorts("Asia_Tokyo"), whole);
    }));
});
