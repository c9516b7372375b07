import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { maintenance } from "../../engine/commands/maintenance.ts";
import { requestFor } from "../../engine/options/command-table.ts";
import { quietContext } from "../conformance/quiet-context.ts";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import { alone, cohortline } from "./workspace.ts";
import { databaseUrl, inRecordedWorkspace, SECRET } from "./recorded-workspace.ts";
import { trustedSql } from "../../engine/text/sql.ts";

const RANGE = "--index-date-range=2020-04-01 to 2020-06-01 by month";

describe("explain", () => {
  it("shows the plan without a database", () =>
    inRecordedWorkspace(async (folder) => {
      const { code, out, err } = await cohortline(folder, ["explain", RANGE]);
      assert.deepEqual({ code, err }, { code: 0, err: "" });
      const [heading] = out.split("\n");
      assert.equal(heading, "study_definition at 3 index dates, 2020-04-01 to 2020-06-01");
      assert.match(out, /ctv3_events\n.* a row counts at one index date at most/);
      assert.match(out, /carried forward/);
      assert.ok(!/rows expected|\d ms/.test(out));
    }));

  it("tells what a database expects, and with --analyze what the parts took", () =>
    inRecordedWorkspace(async (folder) => {
      const words = ["explain", RANGE, `--database-url=${databaseUrl}`];
      const expected = await cohortline(folder, words);
      assert.equal(expected.code, 0, expected.err);
      assert.match(expected.out, /part_1 \(about \d+ rows expected\)/);
      const analyzed = await alone(folder, ["explain", RANGE, "--analyze"], {
        DATABASE_URL: databaseUrl,
      });
      assert.equal(analyzed.code, 0, analyzed.err);
      // Patients with an event in one of the three months, and that many months.
      const rows = await counted(
        folder,
        "SELECT count(DISTINCT (Patient_ID, month(ConsultationDate))) AS n FROM CodedEvent WHERE ConsultationDate >= '2020-04-01' AND ConsultationDate < '2020-07-01'",
      );
      assert.ok(rows > 3);
      assert.match(
        analyzed.out,
        new RegExp(`part_1 \\(about \\d+ rows expected, ${rows} rows, \\d+ ms\\)`),
      );
      assert.ok(!(expected.out + analyzed.out).includes(SECRET));
    }));

  it("needs a database to analyse", () =>
    inRecordedWorkspace(async (folder) => {
      const { code, err } = await cohortline(folder, ["explain", "--analyze"]);
      assert.equal(code, 2);
      assert.match(err, /--analyze needs a database/);
    }));
});

describe("dump_cohort_sql", () => {
  it("prints the statements for the index dates", () =>
    inRecordedWorkspace(async (folder) => {
      const { code, out, err } = await cohortline(folder, [
        "dump_cohort_sql",
        RANGE,
        "--dialect=duckdb",
      ]);
      assert.deepEqual({ code, err }, { code: 0, err: "" });
      assert.deepEqual(out.match(/^-- the cohort at .*$/gm), [
        "-- the cohort at 2020-04-01",
        "-- the cohort at 2020-05-01",
        "-- the cohort at 2020-06-01",
      ]);
    }));

  it("does not know the dialect of another database", () =>
    inRecordedWorkspace(async (folder) => {
      const { code, out, err } = await cohortline(folder, ["dump_cohort_sql", "--dialect=oracle"]);
      assert.deepEqual({ code, out }, { code: 2, out: "" });
      assert.match(err, /--dialect 'oracle' is not known/);
    }));
});

const forever = "9999-12-31T00:00:00";
const build = (Event: string, at: string, EventEnd: string) => ({
  Event,
  BuildStart: "2023-05-01T00:00:00",
  EventStart: `2023-05-01T${at}:00`,
  EventEnd,
});
const whole = build("OpenSAFELY", "10:00", forever);

describe("maintenance", () => {
  for (const [what, builds, environment, printed] of [
    ["nothing is built", [], {}, []],
    [
      "a build runs that has not come to a trigger",
      [whole, build("Other", "11:00", forever)],
      {},
      [],
    ],
    [
      "a build runs and swaps tables",
      [whole, build("Swap Tables", "11:00", forever)],
      {},
      ["db-maintenance"],
    ],
    [
      "a build runs after a trigger that has ended",
      [whole, build("CodedEvent_SNOMED", "11:00", "2023-05-01T11:30:00")],
      {},
      ["db-maintenance"],
    ],
    [
      "the build has ended",
      [build("OpenSAFELY", "10:00", "2023-05-01T12:00:00"), build("Swap Tables", "11:00", forever)],
      {},
      [],
    ],
    ["the trigger is of a build before", [whole, build("Swap Tables", "09:00", forever)], {}, []],
    [
      "the environment names other triggers",
      [whole, build("Other", "11:00", forever)],
      { TPP_MAINTENANCE_START_EVENT: "Some,Other" },
      ["db-maintenance"],
    ],
  ] as const) {
    it(`prints ${printed.length === 0 ? "nothing" : "db-maintenance"} where ${what}`, () =>
      inRecordedWorkspace(
        async (folder) => {
          const context = { ...quietContext(folder), environment };
          assert.deepEqual(
            await maintenance(requestFor("maintenance", { databaseUrl }), context),
            printed,
          );
        },
        { records: { BuildProgress: builds } },
      ));
  }

  it("is a command that prints no more than that", () =>
    inRecordedWorkspace(
      async (folder) => {
        const words = ["maintenance", `--database-url=${databaseUrl}`];
        const { code, out, err } = await cohortline(folder, words);
        assert.deepEqual({ code, out, err }, { code: 0, out: "db-maintenance\n", err: "" });
      },
      { records: { BuildProgress: [whole, build("Swap Tables", "11:00", forever)] } },
    ));

  it("needs a database, and one that it can ask", () =>
    inRecordedWorkspace(async (folder) => {
      const none = await cohortline(folder, ["maintenance"]);
      assert.equal(none.code, 2);
      const other = await alone(folder, ["maintenance"], {
        DATABASE_URL: `oracle://${SECRET}@there/db`,
      });
      assert.equal(other.code, 2);
      assert.match(other.err, /\[unknown-database-kind\]/);
      assert.ok(!other.err.includes(SECRET));
    }));
});

async function counted(folder: string, query: string): Promise<number> {
  const db = await openDuckDb({ path: join(folder, `${SECRET}/records.duckdb`), readOnly: true });
  try {
    const [row] = await db.rows(trustedSql(query));
    return Number(row?.["n"]);
  } finally {
    db.close();
  }
}
